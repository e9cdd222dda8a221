import type { Browser } from "./open-browser.ts";

/** What `GET /connections` says of both connections, Bitbucket's first. */
export async function readStatuses(browser: Browser): Promise<string[]> {
  const answer = await browser.call("GET", "/connections");
  const { connections } = await answer.json<{ connections: { status: string }[] }>();
  return connections.map(({ status }) => status);
}
