import { emulator } from "../journeys/journey-emulator.ts";
import { openBrowser } from "../journeys/open-browser.ts";
import { cookieHeader } from "./connected-browser.ts";

/** A browser with one flow to Jira, and the callback that the provider sends it to. */
export async function arrivingBrowser(provider = "jira", query = "") {
  const browser = openBrowser();
  const authorization = await browser.start(provider, query);
  const callback = await browser.consent(authorization);
  const [[cookieName = "", box = ""] = []] = browser.cookies;
  const state = authorization.searchParams.get("state") ?? "";
  return { browser, callback, state, cookieName, box, cookie: cookieHeader(browser.cookies) };
}

/** The callback with its query changed. */
export function changed(callback: string, change: (query: URLSearchParams) => void): string {
  const url = new URL(callback);
  change(url.searchParams);
  return url.href;
}

export const exchanges = async () => (await emulator.requests({ endpoint: "token" })).length;

/** What an answer did: where it leads, what it leaves in the browser, what was sent to providers. */
export async function traceOf(response: Response) {
  const cookies = response.headers.getSetCookie();
  return {
    status: response.status,
    location: response.headers.get("Location"),
    cookiesGiven: cookies.filter((line) => !line.includes("Max-Age=0")),
    exchanges: await exchanges(),
  };
}

export const REFUSED = { status: 400, location: null, cookiesGiven: [], exchanges: 0 };

/** The parameters that a callback added to `return_to`. */
export const outcomeOf = (response: Response) =>
  Object.fromEntries(new URL(response.headers.get("Location") ?? "").searchParams);
