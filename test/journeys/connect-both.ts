import { type Browser, openBrowser } from "./open-browser.ts";

/** A browser whose person has connected both providers. */
export async function connectBoth(browser: Browser = openBrowser()): Promise<Browser> {
  await browser.connect("bitbucket");
  await browser.connect("jira");
  return browser;
}
