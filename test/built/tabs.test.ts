import { expect } from "vitest";
import type { BrowserContext, Page } from "playwright-core";
import { test } from "./browser-test.ts";
import { callLatchkey, readToken } from "./call-latchkey.ts";
import * as person from "./connections-page.ts";

const SESSION = "__Host-Http-latchkey";

test.for([
  { finish: "in the order they started", reverse: false },
  { finish: "in reverse", reverse: true },
])(
  "two tabs that start before there is a session end in one: finished $finish",
  async ({ reverse }, { context }) => {
    const [first, second] = [await context.newPage(), await context.newPage()];
    for (const tab of [first, second]) await person.openConnections(tab);
    await person.startConnecting(first, "Bitbucket");
    await person.startConnecting(second, "Jira");
    expect(await sessionsOf(context)).toEqual([]);

    const started: [Page, person.Product][] = [
      [first, "Bitbucket"],
      [second, "Jira"],
    ];
    for (const [tab, product] of reverse ? started.toReversed() : started) {
      await person.allow(tab);
      await person.expectNotice(tab, `${product} is connected.`);
    }

    expect(await sessionsOf(context)).toHaveLength(1);
    for (const tab of [first, second]) {
      await person.openConnections(tab);
      expect(await person.statuses(tab)).toEqual(["Connected", "Connected"]);
      await readToken(tab, "bitbucket");
      await readToken(tab, "jira");
    }
  },
);

test("two tabs connect the same provider: both finish, the later account stays", async ({
  context,
  emulator,
}) => {
  const [first, second] = [await context.newPage(), await context.newPage()];
  for (const tab of [first, second]) {
    await person.openConnections(tab);
    await person.startConnecting(tab, "Jira");
  }
  await person.allow(second, "bob");
  await person.expectNotice(second, "Jira is connected.");
  await person.allow(first, "alice");
  await person.expectNotice(first, "Jira is connected.");
  expect(await emulator.whose(await readToken(second, "jira"))).toMatchObject({ account: "alice" });
});

test("what one tab changed, another shows at once", async ({ context }) => {
  const [first, second] = [await context.newPage(), await context.newPage()];
  await person.openConnections(first);
  await person.openConnections(second);
  await person.connect(second, "Jira");
  await expect.poll(() => person.statuses(first)).toEqual(["Not connected", "Connected"]);
  await person.disconnect(second, "Jira");
  await expect.poll(() => person.statuses(first)).toEqual(["Not connected", "Not connected"]);
});

test("what a front-end changed, the page shows as soon as it is looked at", async ({ page }) => {
  await person.openConnections(page);
  await person.connect(page, "Jira");
  await callLatchkey(page, "DELETE", "/connections/jira");
  expect(await person.statuses(page)).toEqual(["Not connected", "Connected"]);
  // The headless browser hides no tab: this is what a browser says when one is looked at again.
  await page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
  await expect.poll(() => person.statuses(page)).toEqual(["Not connected", "Not connected"]);
});

test.for([
  { started: "under the session", copied: false },
  { started: "under the session", copied: true },
  { started: "before there was a session", copied: true },
])(
  "forgetting in one tab ends a flow of another: started $started, cookies put back: $copied",
  async ({ started, copied }, { context, emulator }) => {
    const [first, second] = [await context.newPage(), await context.newPage()];
    await person.openConnections(first);
    if (started === "under the session") await person.connect(first, "Jira");
    await person.openConnections(second);
    await person.startConnecting(second, "Bitbucket");
    if (started !== "under the session") await person.connect(first, "Jira");
    const before = await context.cookies();
    await person.forget(first);
    if (copied) await context.addCookies(before);

    const answer = second.waitForResponse((response) => response.url().includes("/callback?"));
    await person.allow(second);
    expect((await answer).status()).toBe(400);
    await second
      .getByRole("heading", { name: "This connection attempt cannot be completed" })
      .waitFor();
    // No code of the flow was redeemed.
    expect(await emulator.requests({ provider: "bitbucket", endpoint: "token" })).toEqual([]);

    await second.getByRole("link", { name: "Back to your connections" }).click();
    await person.settled(second);
    expect(await person.statuses(second)).toEqual(["Not connected", "Not connected"]);
    for (const provider of ["bitbucket", "jira"]) {
      const { status } = await callLatchkey(second, "GET", `/connections/${provider}/token`);
      expect(status).toBe(401);
    }
  },
);

async function sessionsOf(context: BrowserContext): Promise<string[]> {
  const cookies = await context.cookies();
  return cookies.flatMap(({ name, value }) => (name === SESSION ? [value] : []));
}
