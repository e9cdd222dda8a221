import { expect } from "vitest";
import { accountOf } from "../../emulator/accounts.ts";
import type { EmulatorControl } from "../../emulator/control-emulator.ts";
import type { Fault } from "../../emulator/fault.ts";
import * as person from "../connections-page.ts";
import * as example from "./example-page.ts";
import { test } from "./example-test.ts";

test("tokens that end while the page is open: nobody notices, and each is refreshed once", async ({
  page,
  emulator,
}) => {
  await example.connectBoth(page);
  const before = [await example.titles(page, "Bitbucket"), await example.titles(page, "Jira")];
  expect(await emulator.expireAccessTokens()).toBe(2);
  for (const product of ["Bitbucket", "Jira"] as const) await example.readAgain(page, product);

  const after = [await example.titles(page, "Bitbucket"), await example.titles(page, "Jira")];
  expect(after).toEqual(before);
  expect(await emulator.requests({ provider: "bitbucket", path: "/pullrequests/" })).not.toEqual(
    [],
  );
  expect(await refreshesOf(emulator)).toEqual([1, 1]);
});

test("a grant that died is told, and a click leads to a new one", async ({ page, emulator }) => {
  await example.connectBoth(page);
  expect(await emulator.revokeGrants({ provider: "jira" })).toBe(1);
  await example.readAgain(page, "Jira");
  await example
    .panel(page, "Jira")
    .getByText("The connection to Jira has ended. It takes a new consent to go on.")
    .waitFor();
  expect(await example.panel(page, "Jira").getByRole("status").textContent()).toBe("");
  expect(await example.titles(page, "Bitbucket")).toHaveLength(3);

  await example.connect(page, "Jira");
  expect(await example.titles(page, "Jira")).toHaveLength(5);
});

test.for<[string, Fault, string]>([
  [
    "answers 503 and asks to wait",
    { status: 503, headers: { "retry-after": "30" } },
    "Bitbucket is not available at the moment. Try again in 30 seconds.",
  ],
  ["wants fewer calls", { status: 429 }, "Bitbucket wants fewer calls."],
  ["gives no answer", { reset: true }, "Bitbucket is not available at the moment. Try again in"],
  ["lacks a permission", { status: 403 }, "Bitbucket does not show this (status 403)."],
])(
  "a provider that %s is told, and trying again works",
  async ([, fault, text], { page, emulator }) => {
    await example.openExample(page);
    await example.connect(page, "Bitbucket");
    await emulator.fault({ provider: "bitbucket", path: "/2.0/", times: "always", ...fault });
    await example.readAgain(page, "Bitbucket");
    const panel = example.panel(page, "Bitbucket");
    await panel.getByText(text).waitFor();
    expect(await example.titles(page, "Bitbucket")).toEqual([]);

    await emulator.clearFaults();
    await panel.getByRole("button", { name: "Try again" }).click();
    await panel.getByRole("listitem").first().waitFor();
    expect(await panel.getByText(text).count()).toBe(0);
  },
);

test("a Latchkey that can't be reached is told in both halves, and trying again works", async ({
  page,
  latchkey,
}) => {
  await example.connectBoth(page);
  const connections = `${latchkey.origin}/connections`;
  await page.route(connections, (route) => route.abort());
  await page.reload();
  const told = page.getByText(`${latchkey.origin} could not be reached`);
  await expect.poll(() => told.count()).toBe(2);

  await page.unroute(connections);
  await example.readAgain(page, "Jira");
  expect(await example.titles(page, "Jira")).toHaveLength(5);
  await expect.poll(() => example.titles(page, "Bitbucket")).toHaveLength(3);
});

test("of several Jira sites one is chosen, and the focus stays where it was", async ({ page }) => {
  await example.openExample(page);
  await example.startConnecting(page, "Jira");
  await page.getByRole("checkbox", { name: "Globex" }).check();
  await person.allow(page);
  await example.expectSaid(page, "Jira is connected.");
  await example.settled(page);
  const link = example.panel(page, "Jira").getByRole("listitem").first().getByRole("link");
  expect(await link.getAttribute("href")).toBe("https://acme-alice.atlassian.net/browse/EMU-1");

  const choice = page.getByLabel("Site");
  await choice.focus();
  await choice.selectOption("Globex");
  await example.settled(page);
  expect(await link.getAttribute("href")).toBe("https://globex-alice.atlassian.net/browse/EMU-1");
  expect(await choice.locator("option:checked").textContent()).toBe("Globex");
  expect(await choice.evaluate((select) => select === document.activeElement)).toBe(true);
});

test("after a disconnect the focus stays in that half, and the other is left alone", async ({
  page,
}) => {
  await example.connectBoth(page);
  await person.pressOn(page.getByRole("button", { name: "Disconnect Bitbucket" }));
  await example.expectSaid(page, "Bitbucket is disconnected. What you allowed stays listed there");
  const panel = example.panel(page, "Bitbucket");
  await panel.getByText("Connect Bitbucket to see your pull requests.").waitFor();
  expect(await panel.getByRole("status").textContent()).toContain("Bitbucket is disconnected.");
  const heading = panel.getByRole("heading");
  expect(await heading.evaluate((element) => element === document.activeElement)).toBe(true);
  expect(await example.titles(page, "Jira")).toHaveLength(5);
});

test("a connection that reaches no Jira site is told", async ({ page }) => {
  await example.openExample(page);
  await example.connect(page, "Jira", "nosites");
  await example.panel(page, "Jira").getByText("reaches no Jira site.").waitFor();
});

test("somebody with nothing to do is told so", async ({ page, emulator }) => {
  await emulator.configure({ account: "idle" });
  await example.connectBoth(page, "idle");
  await example.panel(page, "Bitbucket").getByText("No open pull requests.").waitFor();
  await example.panel(page, "Jira").getByText("No open issues.").waitFor();
});

test("many pull requests: every page is read, by its number", async ({ page, emulator }) => {
  await emulator.configure({ account: "busy" });
  await example.openExample(page);
  await example.connect(page, "Bitbucket", "busy");
  expect(await example.titles(page, "Bitbucket")).toHaveLength(61);
  const asked = await emulator.requests({ path: "/busy-workspace-1/pullrequests/" });
  expect(asked.map(({ query }) => query)).toEqual([
    { state: "OPEN", pagelen: "50", page: "1" },
    { state: "OPEN", pagelen: "50", page: "2" },
  ]);
  expect(asked[0]?.path).toContain(`/${encodeURIComponent(accountOf("busy").uuid)}`);
});

test("titles are text, whatever they look like", async ({ page, emulator }) => {
  await emulator.configure({ account: "busy" });
  await example.openExample(page);
  await example.connect(page, "Bitbucket", "busy");
  const [first] = await example.titles(page, "Bitbucket");
  expect(first).toBe('<img src="x" onerror="document.title = 1"> & more');
  expect(await page.locator("img").count()).toBe(0);
  expect(await page.title()).toBe("My work");
});

test("only an https address becomes a link", async ({ page, emulator }) => {
  const pullRequest = {
    title: "Run me",
    links: { html: { href: "javascript:document.title=1" } },
    source: { branch: { name: "a" } },
    destination: { branch: { name: "b" }, repository: { full_name: "w/r" } },
    updated_on: "2026-11-21T19:00:00Z",
  };
  await emulator.fault({
    path: "/alice-workspace-1/pullrequests/",
    body: JSON.stringify({ values: [pullRequest] }),
    headers: { "content-type": "application/json" },
    times: "always",
  });
  await example.openExample(page);
  await example.connect(page, "Bitbucket");
  const item = example.panel(page, "Bitbucket").getByRole("listitem").filter({ hasText: "Run me" });
  await item.waitFor();
  expect(await item.getByRole("link").count()).toBe(0);
});

async function refreshesOf(emulator: EmulatorControl): Promise<number[]> {
  return (await emulator.grants()).map(({ refreshes }) => refreshes);
}
