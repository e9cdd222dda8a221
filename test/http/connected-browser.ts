import { type Browser, openBrowser } from "../journeys/open-browser.ts";

export const SESSION_COOKIE = "__Host-Http-latchkey";
export const FLOW_COOKIE = /^__Host-Http-latchkey-flow-[\w-]{22}$/;

/** A browser with a connection to Jira, and the `Cookie` header that it sends. */
export async function connectedBrowser(): Promise<{ browser: Browser; cookie: string }> {
  const browser = openBrowser();
  await browser.connect("jira");
  return { browser, cookie: cookieHeader(browser.cookies) };
}

export function cookieHeader(cookies: ReadonlyMap<string, string>): string {
  return [...cookies].map((pair) => pair.join("=")).join("; ");
}
