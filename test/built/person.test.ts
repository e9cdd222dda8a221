import { expect } from "vitest";
import { accountOf } from "../emulator/accounts.ts";
import { REFRESHES } from "../emulator/token-requests.ts";
import { test } from "./browser-test.ts";
import { callLatchkey, readToken } from "./call-latchkey.ts";
import * as person from "./connections-page.ts";

test("a person connects both providers by clicks, and a script of the page reads their tokens", async ({
  page,
  emulator,
}) => {
  await person.openConnections(page);
  expect(await person.statuses(page)).toEqual(["Not connected", "Not connected"]);
  await person.connect(page, "Bitbucket");
  await person.connect(page, "Jira");

  expect(await person.statuses(page)).toEqual(["Connected", "Connected"]);
  expect(await person.card(page, "Jira").textContent()).toContain(accountOf("alice").accountId);
  expect(await person.card(page, "Jira").getByRole("link", { name: "Acme" }).count()).toBe(1);
  for (const provider of ["bitbucket", "jira"] as const) {
    const owner = await emulator.whose(await readToken(page, provider));
    expect(owner).toMatchObject({ provider, account: "alice", alive: true });
  }
  expect(page.url()).not.toContain("outcome");
});

test("a connection outlives its tokens: one refresh for each that ends", async ({
  page,
  emulator,
}) => {
  await emulator.configure({ accessTokenSeconds: { jira: 3 } });
  // Slow enough that all who ask at once wait for the same refresh.
  await emulator.fault({ ...REFRESHES, delayMs: 300, times: "always" });
  await person.openConnections(page);
  await person.connect(page, "Jira");
  const first = await readToken(page, "jira");
  const before = (await emulator.requests(REFRESHES)).length;

  const seen = new Set([first]);
  async function tokensSeen(): Promise<number> {
    const calls = Array.from({ length: 3 }, () => readToken(page, "jira"));
    for (const token of await Promise.all(calls)) seen.add(token);
    return seen.size;
  }
  await expect.poll(tokensSeen).toBeGreaterThan(1);
  // The next token is the last one, however slowly all this goes.
  await emulator.configure({ accessTokenSeconds: { jira: 3_600 } });
  const ended = seen.size;
  await expect.poll(tokensSeen).toBe(ended + 1);

  expect(await emulator.requests(REFRESHES)).toHaveLength(before + ended);
  expect(await emulator.whose(first)).toMatchObject({ alive: false });
  expect(await emulator.whose([...seen].at(-1) ?? "")).toMatchObject({ alive: true });
});

test("refusing consent leaves everything as it is, and the page says so", async ({
  page,
  emulator,
}) => {
  await person.openConnections(page);
  await person.startConnecting(page, "Bitbucket");
  await person.refuse(page);
  await person.expectNotice(page, "Bitbucket was not connected, because access was refused.");
  expect(await person.statuses(page)).toEqual(["Not connected", "Not connected"]);

  await person.connect(page, "Jira");
  const token = await readToken(page, "jira");
  await person.startConnecting(page, "Jira");
  await person.refuse(page);
  await person.expectNotice(page, "The Jira connection you already have is unchanged.");
  expect(await readToken(page, "jira")).toBe(token);
  expect(await emulator.requests({ endpoint: "token" })).toHaveLength(1);
});

test("reconnecting with another account replaces the connection", async ({ page, emulator }) => {
  await person.openConnections(page);
  await person.connect(page, "Jira", "alice");
  await person.connect(page, "Jira", "bob");

  await expect
    .poll(() => person.card(page, "Jira").textContent())
    .toContain(accountOf("bob").accountId);
  expect(await emulator.whose(await readToken(page, "jira"))).toMatchObject({ account: "bob" });
});

test("disconnecting one provider leaves the other alone", async ({ page }) => {
  await person.openConnections(page);
  await person.connect(page, "Bitbucket");
  await person.connect(page, "Jira");
  await person.disconnect(page, "Jira");

  expect(await person.statuses(page)).toEqual(["Connected", "Not connected"]);
  const { status, body } = await callLatchkey(page, "GET", "/connections/jira/token");
  expect({ status, code: body["code"] }).toEqual({ status: 401, code: "not_connected" });
  await readToken(page, "bitbucket");
});

test("forgetting asks first, and then nothing is left", async ({ page, context, latchkey }) => {
  await person.openConnections(page);
  await person.connect(page, "Bitbucket");
  await person.connect(page, "Jira");
  const before = await context.cookies();

  await page.getByRole("button", { name: "Forget me" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Cancel" }).click();
  expect(await person.statuses(page)).toEqual(["Connected", "Connected"]);

  await person.forget(page);
  expect(await person.statuses(page)).toEqual(["Not connected", "Not connected"]);
  expect(await context.cookies()).toEqual([]);
  await expect.poll(() => latchkey.lines.join("\n")).toContain('{"event":"erased"}');

  // Not even for whoever kept the cookie.
  await context.addCookies(before);
  await person.openConnections(page);
  expect(await person.statuses(page)).toEqual(["Not connected", "Not connected"]);
  expect((await callLatchkey(page, "GET", "/connections/jira/token")).status).toBe(401);
});

test("the keyboard is enough to connect, disconnect and forget", async ({ page }) => {
  await person.openConnections(page);
  await person.pressOn(page.getByRole("link", { name: "Connect Jira" }));
  await page.getByRole("heading", { name: "Grant access?" }).waitFor();
  await person.pressOn(page.getByRole("button", { name: "Allow" }));
  await person.expectNotice(page, "Jira is connected.");

  await person.pressOn(page.getByRole("button", { name: "Disconnect Jira" }));
  await person.expectNotice(page, "Jira is disconnected");
  await expect.poll(() => page.locator("#notices").evaluate(isFocused)).toBe(true);

  await person.pressOn(page.getByRole("button", { name: "Forget me" }));
  await person.pressOn(page.getByRole("dialog").getByRole("button", { name: "Erase everything" }));
  await person.expectNotice(page, "Everything Latchkey kept for this browser is deleted.");
});

function isFocused(element: Element): boolean {
  return element === document.activeElement;
}
