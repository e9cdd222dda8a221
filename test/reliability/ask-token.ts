import type { Browser } from "../journeys/open-browser.ts";

/** What a caller gets who can't have a token: status and code, and the seconds to wait. */
export async function askToken(browser: Browser, provider: string) {
  const answer = await browser.call("GET", `/connections/${provider}/token`);
  const { code } = await answer.json<{ code?: string }>();
  return { told: `${answer.status} ${code}`, wait: Number(answer.headers.get("Retry-After")) };
}

/** The status of a connection as its owner sees it. */
export async function statusOf(browser: Browser, provider: string): Promise<string> {
  const answer = await browser.call("GET", `/connections/${provider}`);
  return (await answer.json<{ status: string }>()).status;
}
