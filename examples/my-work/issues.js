import { latchkey } from "./latchkey.js";
import { readJson } from "./read-json.js";

const MINE = "assignee = currentUser() AND statusCategory != Done ORDER BY updated DESC";

/**
 * What is assigned to a person at one Jira site and not done, the latest first.
 * @param {AbortSignal} signal
 * @param {import("latchkey/client").Site | undefined} site
 * @returns {Promise<import("./show-items.js").Item[]>}
 */
export async function listIssues(signal, site) {
  const query = new URLSearchParams({ jql: MINE, fields: "summary,status,updated" });
  // Without a name it is the one site that there is.
  const which = site === undefined ? {} : { site: site.id };
  const issues = [];
  do {
    const path = `/rest/api/3/search/jql?${query}`;
    const page = await readJson(await latchkey.fetch("jira", path, { signal, ...which }));
    issues.push(...page.issues);
    query.set("nextPageToken", page.nextPageToken);
  } while (query.get("nextPageToken") !== "undefined");
  return issues.map(({ key, fields }) => ({
    title: fields.summary,
    url: `${site?.url}/browse/${key}`,
    place: key,
    state: fields.status.name,
    // Jira leaves out the colon of the offset, which not every browser forgives.
    updated: new Date(fields.updated.replace(/(\d\d)$/, ":$1")),
  }));
}
