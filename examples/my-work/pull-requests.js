import { latchkey } from "./latchkey.js";
import { readJson } from "./read-json.js";

/**
 * A person's open pull requests in all of their workspaces, the latest first.
 * @param {AbortSignal} signal
 * @returns {Promise<import("./show-items.js").Item[]>}
 */
export async function listPullRequests(signal) {
  const [me, memberships] = await Promise.all([
    latchkey.fetch("bitbucket", "/2.0/user", { signal }).then(readJson),
    readPages("/2.0/user/workspaces?pagelen=100", signal),
  ]);
  const user = encodeURIComponent(me.uuid);
  const lists = await Promise.all(
    memberships.map(({ workspace }) =>
      readPages(
        `/2.0/workspaces/${encodeURIComponent(workspace.slug)}/pullrequests/${user}?state=OPEN&pagelen=50`,
        signal,
      ),
    ),
  );
  return lists
    .flat()
    .map((pullRequest) => ({
      title: pullRequest.title,
      url: pullRequest.links.html.href,
      place: pullRequest.destination.repository.full_name,
      state: `${pullRequest.source.branch.name} into ${pullRequest.destination.branch.name}`,
      updated: new Date(pullRequest.updated_on),
    }))
    .toSorted((one, other) => Number(other.updated) - Number(one.updated));
}

/**
 * All pages of a list. By number: `next` is an address at Bitbucket, past Latchkey.
 * @param {string} path
 * @param {AbortSignal} signal
 */
async function readPages(path, signal) {
  const values = [];
  for (let page = 1, more = true; more; page += 1) {
    const response = await latchkey.fetch("bitbucket", `${path}&page=${page}`, { signal });
    const answer = await readJson(response);
    values.push(...answer.values);
    more = answer.next !== undefined;
  }
  return values;
}
