import { expect } from "vitest";
import type { Page } from "playwright-core";
import * as person from "../connections-page.ts";
import * as example from "./example-page.ts";
import { test } from "./example-test.ts";

const PULL_REQUESTS = [
  "Show when a build was last green",
  "Keep the text of a search when going back",
  "Try an upload again that the network cut off",
];

test("by redirect: a person connects both, and sees their work side by side", async ({ page }) => {
  await example.openExample(page);
  await example.connect(page, "Bitbucket");
  await example.connect(page, "Jira");

  expect(await example.titles(page, "Bitbucket")).toEqual(PULL_REQUESTS);
  expect(await example.titles(page, "Jira")).toHaveLength(5);
  const [pullRequest] = await linksOf(page, "Bitbucket");
  expect(pullRequest).toBe("https://bitbucket.org/alice-workspace-1/website/pull-requests/1");
  expect((await linksOf(page, "Jira"))[0]).toBe("https://acme-alice.atlassian.net/browse/EMU-1");
  expect(await page.getByRole("combobox").count()).toBe(0);
  expect(new URL(page.url()).search).toBe("");
});

test("in a window: the page stays, and the window goes by itself", async ({ page }) => {
  await example.openExample(page);
  await page.evaluate(() => void (document.title = "still the same page"));
  for (const product of ["Bitbucket", "Jira"] as const) {
    const popup = await example.startInWindow(page, product);
    const closed = popup.waitForEvent("close");
    await person.allow(popup);
    await closed;
    await example.expectSaid(page, `${product} is connected.`);
    await example.settled(page);
  }
  expect(await example.titles(page, "Bitbucket")).toEqual(PULL_REQUESTS);
  expect(await example.titles(page, "Jira")).toHaveLength(5);
  expect(await page.title()).toBe("still the same page");
});

test.for<[string, (page: Page) => Promise<Page>]>([
  ["by redirect", (page) => example.startConnecting(page, "Jira").then(() => page)],
  ["in a window", (page) => example.startInWindow(page, "Jira")],
])("%s: a refusal is told, and the person can still connect", async ([, start], { page }) => {
  await example.openExample(page);
  await person.refuse(await start(page));
  await example.expectSaid(page, "Jira was not connected: access was refused.");
  await example.settled(page);
  expect(new URL(page.url()).search).toBe("");

  await person.allow(await start(page));
  await example.expectSaid(page, "Jira is connected.");
});

test("a window that was left is told as such once the person is back", async ({ page }) => {
  await example.openExample(page);
  const popup = await example.startInWindow(page, "Bitbucket");
  await popup.close();
  // The headless browser moves no focus: this is what a browser says when a window is back.
  await page.evaluate(() => dispatchEvent(new Event("focus")));
  await example.expectSaid(page, "Bitbucket was not connected: it was left unfinished.");
});

test("a provider that is down at the end of connecting is told", async ({ page, emulator }) => {
  await example.openExample(page);
  await example.startConnecting(page, "Bitbucket");
  await emulator.fault({ provider: "bitbucket", endpoint: "token", status: 503, times: "always" });
  await person.allow(page);
  await example.expectSaid(page, "Bitbucket was not connected: it is not available.");
});

test("an address that says connected is not believed", async ({ page }) => {
  await page.goto("/?provider=jira&outcome=connected&board=7");
  await example.settled(page);
  await expect.poll(() => new URL(page.url()).search).toBe("?board=7");
  expect(await example.panel(page, "Jira").getByRole("status").textContent()).toBe("");
  await example.panel(page, "Jira").getByRole("button", { name: "Connect Jira" }).waitFor();
});

function linksOf(page: Page, product: person.Product): Promise<(string | null)[]> {
  const links = example.panel(page, product).locator("li a");
  return links.evaluateAll((found) => found.map((link) => link.getAttribute("href")));
}
