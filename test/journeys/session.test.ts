import { expect, test } from "vitest";
import { advanceClock, useMovableClock } from "./clock.ts";
import { emulator, useFreshEmulator } from "./journey-emulator.ts";
import { type Browser, openBrowser } from "./open-browser.ts";
import { readToken } from "./read-token.ts";
import { readStatuses } from "./read-statuses.ts";

useFreshEmulator();
useMovableClock();

const SESSION = "__Host-Http-latchkey";

function copyOf(browser: Browser): Browser {
  return openBrowser({ cookies: new Map(browser.cookies) });
}

test.each([
  ["in the order they were started", ["bitbucket", "jira"]],
  ["in the other order", ["jira", "bitbucket"]],
])("two tabs started before any session end in one, finished %s", async (_, order) => {
  const browser = openBrowser();
  const callbacks = {
    bitbucket: await browser.consent(await browser.start("bitbucket")),
    jira: await browser.consent(await browser.start("jira")),
  };
  for (const provider of order) {
    await browser.arrive(callbacks[provider as "jira"]);
  }
  expect(await readStatuses(browser)).toEqual(["connected", "connected"]);
});

test("two callbacks at once end in one session with both connections", async () => {
  const browser = openBrowser();
  const callbacks = [
    await browser.consent(await browser.start("bitbucket")),
    await browser.consent(await browser.start("jira")),
  ];
  await Promise.all(callbacks.map((callback) => browser.arrive(callback)));
  expect(await readStatuses(browser)).toEqual(["connected", "connected"]);
  expect(await readStatuses(browser)).toEqual(["connected", "connected"]);
});

test("every connect gives a new session; the one before it dies two minutes later", async () => {
  await advanceClock(0);
  const browser = openBrowser();
  await browser.connect("bitbucket");
  const before = copyOf(browser);
  await browser.connect("jira");
  expect(browser.cookies.get(SESSION)).not.toBe(before.cookies.get(SESSION));
  await readToken(copyOf(before), "bitbucket");

  await advanceClock(119);
  await readToken(copyOf(before), "jira");
  await advanceClock(2);
  const refused = await before.call("GET", "/connections/bitbucket/token");
  expect(refused.status).toBe(401);
  expect(await refused.json()).toMatchObject({ code: "not_connected" });
  await readToken(browser, "bitbucket");
});

test("an answer to the session before carries the current one", async () => {
  const browser = openBrowser();
  await browser.connect("bitbucket");
  const late = copyOf(browser);
  await browser.connect("jira");
  await late.call("GET", "/connections");
  await advanceClock(121);
  expect(await readStatuses(late)).toEqual(["connected", "connected"]);
});

test("a session that is none any more is taken back, so that the browser can start anew", async () => {
  const browser = openBrowser();
  await browser.connect("bitbucket");
  const old = copyOf(browser);
  await browser.connect("jira");
  await advanceClock(121);
  const refused = await old.connect("jira").catch((error: unknown) => String(error));
  expect(refused).toBe("Error: the callback answered 400");

  expect(await readStatuses(old)).toEqual(["not_connected", "not_connected"]);
  expect(old.cookies.has(SESSION)).toBe(false);
  await old.connect("jira");
  expect(await readStatuses(old)).toEqual(["not_connected", "connected"]);
});

test("the callback ignores a session cookie that comes along", async () => {
  const [alice, bob] = [openBrowser(), openBrowser()];
  await bob.connect("jira", { account: "bob" });
  const callback = await alice.consent(await alice.start("jira"), { account: "alice" });
  alice.cookies.set(SESSION, bob.cookies.get(SESSION) ?? "");
  await alice.navigate(callback);
  expect(await emulator.whose(await readToken(alice, "jira"))).toMatchObject({ account: "alice" });
  expect(await emulator.whose(await readToken(bob, "jira"))).toMatchObject({ account: "bob" });
});

test("a session that nobody used for SESSION_DAYS is none", async () => {
  const browser = openBrowser();
  await browser.connect("jira");
  await advanceClock(29 * 86_400);
  await readToken(browser, "jira");
  await advanceClock(31 * 86_400);
  const refused = await browser.call("GET", "/connections/jira/token");
  expect(await refused.json()).toMatchObject({ code: "not_connected" });
});

test("a tampered session behaves like none and asks nobody", async () => {
  const browser = openBrowser();
  await browser.connect("jira");
  const cookie = browser.cookies.get(SESSION) ?? "";
  browser.cookies.set(SESSION, `${cookie.slice(0, -2)}${cookie.endsWith("AA") ? "BB" : "AA"}`);
  const answer = await browser.call("GET", "/connections");
  expect(answer.headers.getSetCookie()).toEqual([]);
  expect(await answer.json()).toMatchObject({
    connections: [{ status: "not_connected" }, { status: "not_connected" }],
  });
});

test("a dead session does not come back by way of a flow", async () => {
  const victim = openBrowser();
  await victim.connect("bitbucket");
  const thief = copyOf(victim);
  await advanceClock(600);
  await victim.connect("jira");
  await advanceClock(3_600);

  await thief.start("jira");
  thief.cookies.delete(SESSION);
  const callback = await thief.consent(await thief.start("jira"), { account: "thief" });
  expect((await thief.arrive(callback)).status).toBe(400);
  expect(thief.cookies.has(SESSION)).toBe(false);
  expect(await emulator.whose(await readToken(victim, "jira"))).toMatchObject({ account: "alice" });
});

test("an owner is passed on from flow to flow for ten minutes, not for ever", async () => {
  const victim = openBrowser();
  await victim.start("bitbucket");
  const thief = copyOf(victim);
  await victim.connect("bitbucket");
  for (const _ of [1, 2, 3]) {
    await advanceClock(9 * 60);
    await thief.start("jira");
  }
  await thief.connect("jira", { account: "thief" });
  expect(await readStatuses(thief)).toEqual(["not_connected", "connected"]);
  expect(await readStatuses(victim)).toEqual(["connected", "not_connected"]);
});

test.each(["/connections", "/connections/bitbucket/token", "/api/bitbucket/2.0/user"])(
  "a browser that lost the answer to forget me can connect again after %s",
  async (path) => {
    const browser = openBrowser();
    await browser.connect("bitbucket");
    await browser.start("jira");
    await copyOf(browser).call("DELETE", "/session");
    await browser.call("GET", path);
    expect(browser.cookies.has(SESSION)).toBe(false);

    await browser.connect("jira");
    expect(await readStatuses(browser)).toEqual(["not_connected", "connected"]);
  },
);

test("an answer that comes late, to an owner who was erased meanwhile, touches no cookie", async () => {
  const browser = openBrowser();
  await browser.connect("jira");
  await advanceClock(3_600);
  await emulator.fault({ endpoint: "token", grantType: "refresh_token", hold: "late" });
  const late = browser.call("GET", "/connections/jira/token");
  await emulator.waitForRequests({ grantType: "refresh_token" }, 1);
  await browser.call("DELETE", "/session");
  await browser.connect("bitbucket");
  await emulator.release("late");
  expect((await late).status).toBe(401);
  expect(await readStatuses(browser)).toEqual(["connected", "not_connected"]);
});

test("a dead session is taken back by the callback too, for who only follows links", async () => {
  const browser = openBrowser();
  await browser.connect("bitbucket");
  await copyOf(browser).call("DELETE", "/session");
  await expect(browser.connect("jira")).rejects.toThrow("the callback answered 400");
  await browser.connect("jira");
  expect(await readStatuses(browser)).toEqual(["not_connected", "connected"]);
});

test("an owner who is gone takes nobody else's flow along", async () => {
  const browser = openBrowser();
  const gone = await browser.consent(await browser.start("bitbucket"));
  const earlier = new Map(browser.cookies);
  await browser.connect("bitbucket");
  await browser.call("DELETE", "/session");
  const good = await browser.consent(await browser.start("jira"));
  for (const [name, value] of earlier) browser.cookies.set(name, value);

  expect((await browser.arrive(gone)).status).toBe(400);
  expect((await browser.arrive(good)).status).toBe(303);
});
