import type { Page } from "playwright-core";

interface Answer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

/** A `fetch` of the page's own script, with the browser's cookies. */
export function callLatchkey(page: Page, method: string, path: string): Promise<Answer> {
  return page.evaluate(
    async ([verb, url]) => {
      const headers = { "X-Latchkey": "1" };
      // Chromium lets equal requests wait for each other when its cache is in play.
      const response = await fetch(url, { method: verb, headers, cache: "no-store" });
      return { status: response.status, body: await response.json() };
    },
    [method, path] as const,
  );
}

/** The access token that a front-end gets. */
export async function readToken(page: Page, provider: "bitbucket" | "jira"): Promise<string> {
  const { status, body } = await callLatchkey(page, "GET", `/connections/${provider}/token`);
  if (status !== 200) throw new Error(`no token: ${JSON.stringify(body)}`);
  return String(body["access_token"]);
}
