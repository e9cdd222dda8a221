import { expect } from "vitest";
import type { Page } from "playwright-core";
import { test } from "./browser-test.ts";
import * as person from "./connections-page.ts";
import { tooWide } from "./too-wide.ts";
import { watchProblems } from "./watch-problems.ts";

/** Every page there is, as a person comes to it. */
const PAGES: readonly (readonly [
  name: string,
  open: (page: Page, origin: string) => Promise<void>,
])[] = [
  ["the connections page, nothing connected", person.openConnections],
  ["the connections page, both connected", connectBoth],
  ["the connections page, after a refusal", refuseOnce],
  ["the question before everything is erased", askToForget],
  ["the receipt after a disconnect", disconnectOnce],
  ["the page for a callback that cannot be trusted", brokenCallback],
  ["the page for an address that is not there", missingPage],
  ["the page that asks before a stranger's flow", askBeforeFlow],
];

test.for(PAGES)(
  "%s: no policy is violated, no error is reported",
  async ([, open], { page, latchkey }) => {
    const problems = await watchProblems(page);
    await open(page, latchkey.origin);
    expect(problems.filter((problem) => !isOwnStatus(problem))).toEqual([]);
  },
);

test("what the policy refuses would be noticed", async ({ page }) => {
  const problems = await watchProblems(page);
  await person.openConnections(page);
  await page.evaluate(() => document.body.setAttribute("style", "color: red"));
  await expect.poll(() => problems).toContain("style-src-attr inline");
});

test.for(PAGES)(
  "%s: fits 320 and 1280 pixels, light and dark",
  async ([, open], { page, latchkey }) => {
    await open(page, latchkey.origin);
    for (const width of [320, 1280]) {
      for (const colorScheme of ["light", "dark"] as const) {
        await page.setViewportSize({ width, height: 800 });
        await page.emulateMedia({ colorScheme });
        expect(await tooWide(page), `${width} px, ${colorScheme}`).toEqual([]);
      }
    }
  },
);

/** A page that is an error has its status; browsers report that as one. */
function isOwnStatus(problem: string): boolean {
  return /^Failed to load resource: .* status of 40[04]/.test(problem);
}

async function connectBoth(page: Page): Promise<void> {
  await person.openConnections(page);
  await person.connect(page, "Bitbucket");
  await person.connect(page, "Jira");
}

async function refuseOnce(page: Page): Promise<void> {
  await person.openConnections(page);
  await person.startConnecting(page, "Jira");
  await person.refuse(page);
  await person.expectNotice(page, "Jira was not connected, because access was refused.");
}

async function askToForget(page: Page): Promise<void> {
  await person.openConnections(page);
  await page.getByRole("button", { name: "Forget me" }).click();
  await page.getByRole("dialog").waitFor();
}

async function disconnectOnce(page: Page): Promise<void> {
  await person.openConnections(page);
  await person.connect(page, "Bitbucket");
  await person.disconnect(page, "Bitbucket");
}

async function brokenCallback(page: Page): Promise<void> {
  await page.goto("/auth/jira/callback?code=a&state=b");
  await page
    .getByRole("heading", { name: "This connection attempt cannot be completed" })
    .waitFor();
}

async function missingPage(page: Page): Promise<void> {
  await page.goto("/nothing-here");
  await page.getByRole("heading", { name: "Not found" }).waitFor();
}

async function askBeforeFlow(page: Page, origin: string): Promise<void> {
  // A page of no origin at all: another site than ours.
  await page.goto("data:text/html,<a>A stranger's link</a>");
  const start = `${origin}/auth/jira`;
  await page.locator("a").evaluate((link, url) => link.setAttribute("href", url), start);
  await page.locator("a").click();
  await page.getByRole("heading", { name: "Do you want to connect an account?" }).waitFor();
}
