import type { EmulatedAccount } from "./accounts.ts";

const HOUR_MS = 3_600_000;

const USUAL = [
  { place: 1, state: "OPEN", title: "Show when a build was last green" },
  { place: 1, state: "OPEN", title: "Keep the text of a search when going back" },
  { place: 1, state: "MERGED", title: "Say how long a download will take" },
  { place: 2, state: "OPEN", title: "Try an upload again that the network cut off" },
] as const;

/** More than a page of them; the first would run, and the second does not fit. */
const BUSY = Array.from({ length: 61 }, (_, index) => {
  const odd = ['<img src="x" onerror="document.title = 1"> & more', "Überlang".repeat(30)];
  return { place: 1, state: "OPEN", title: odd[index] ?? `Change number ${index + 1}` } as const;
});

/**
 * The pull requests that an account opened in a workspace, `…-workspace-1` and so on. An account
 * whose name begins with `idle` has none, one that begins with `busy` more than fit on a page.
 */
export function pullRequestsOf(account: EmulatedAccount, workspace: string, now: number) {
  const place = Number(/-workspace-(\d+)$/.exec(workspace)?.[1]);
  return templatesOf(account.login).flatMap((template, index) => {
    if (template.place !== place) return [];
    const { title, state } = template;
    const id = index + 1;
    const repository = { type: "repository", full_name: `${workspace}/website` };
    const { accountId, uuid, displayName } = account;
    return {
      type: "pullrequest",
      id,
      title,
      state,
      author: { type: "user", uuid, account_id: accountId, display_name: displayName },
      source: { branch: { name: `change/${id}` }, repository },
      destination: { branch: { name: "main" }, repository },
      updated_on: new Date(now - id * 5 * HOUR_MS).toISOString(),
      links: { html: { href: `https://bitbucket.org/${workspace}/website/pull-requests/${id}` } },
    };
  });
}

function templatesOf(login: string) {
  if (login.startsWith("idle")) return [];
  return login.startsWith("busy") ? BUSY : USUAL;
}
