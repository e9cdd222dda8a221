import { abortAllDurableObjects, reset, runDurableObjectAlarm } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeEach, expect, test } from "vitest";
import { advanceClock, useMovableClock } from "./clock.ts";
import { fetchWithBindings } from "./fetch-with-bindings.ts";
import { emulator, useFreshEmulator } from "./journey-emulator.ts";
import { keeperOf, kvKeyOf, kvRecordOf } from "./kv-copy.ts";
import { openBrowser } from "./open-browser.ts";
import { EXCHANGES } from "../emulator/token-requests.ts";

useFreshEmulator();
useMovableClock();
beforeEach(() => reset());

test("disconnecting forgets the tokens, in the object and in KV, and says what it can't do", async () => {
  const browser = openBrowser();
  await browser.connect("jira");
  await kvRecordOf("jira");
  const answer = await browser.call("DELETE", "/connections/jira");
  expect(answer.status).toBe(200);
  expect(await answer.json()).toEqual({
    provider: "jira",
    local: "deleted",
    remote: "not_supported",
    manage_url: "https://id.atlassian.com/manage-profile/apps",
  });
  expect((await env.TOKENS.list()).keys).toEqual([]);
  const refused = await browser.call("GET", "/connections/jira/token");
  expect(await refused.json()).toMatchObject({ code: "not_connected" });
});

test("disconnecting what is not there is the same answer, with and without a session", async () => {
  const browser = openBrowser();
  const without = await browser.call("DELETE", "/connections/jira");
  await browser.connect("bitbucket");
  const having = await browser.call("DELETE", "/connections/jira");
  expect([without.status, await without.json()]).toEqual([having.status, await having.json()]);
});

test("a disconnect wins over a callback in flight, also when there was nothing to forget yet", async () => {
  const browser = openBrowser();
  await browser.connect("bitbucket");
  const callback = await browser.consent(await browser.start("jira"));
  await emulator.fault({ ...EXCHANGES, hold: "exchange" });
  const arrival = browser.arrive(callback);
  await emulator.waitForRequests(EXCHANGES, 2);
  await browser.call("DELETE", "/connections/jira");
  await emulator.release("exchange");
  expect((await arrival).status).toBe(400);
  const list = await browser.call("GET", "/connections/jira");
  expect(await list.json()).toMatchObject({ status: "not_connected" });
});

test("forgetting erases everything and gives a receipt", async () => {
  const browser = openBrowser();
  await browser.connect("bitbucket");
  await browser.connect("jira");
  await kvRecordOf("jira");
  const copy = openBrowser({ cookies: new Map(browser.cookies) });
  const answer = await browser.call("DELETE", "/session");
  expect(await answer.json()).toEqual({
    object: "deleted",
    kv: "deleted",
    cookies: "cleared",
    connections: ["bitbucket", "jira"],
  });
  expect(browser.cookies.size).toBe(0);
  expect((await env.TOKENS.list()).keys).toEqual([]);

  const refused = await copy.call("GET", "/connections/jira/token");
  expect(await refused.json()).toMatchObject({ code: "not_connected" });
});

test("an erasure outlives a restart, and the tombstone outlives every cookie", async () => {
  const browser = openBrowser();
  await browser.connect("jira");
  await kvRecordOf("jira");
  const key = await kvKeyOf("jira");
  const callback = await browser.consent(await browser.start("jira"));
  const stale = openBrowser({ cookies: new Map(browser.cookies) });
  await browser.call("DELETE", "/session");
  await abortAllDurableObjects();
  expect((await stale.arrive(callback)).status).toBe(400);

  await advanceClock(31 * 86_400 + 1);
  await runDurableObjectAlarm(keeperOf(key));
  expect((await stale.call("GET", "/connections/jira/token")).status).toBe(401);
});

test("an owner whom nobody has seen for SESSION_DAYS is erased by the alarm, in KV too", async () => {
  const browser = openBrowser();
  await browser.connect("jira");
  await kvRecordOf("jira");
  const keeper = keeperOf(await kvKeyOf("jira"));
  await advanceClock(32 * 86_400);
  await runDurableObjectAlarm(keeper);
  expect((await env.TOKENS.list()).keys).toEqual([]);
});

test("a stale KV copy serves a cookie copied before, about as long as KV is stale, and no longer", async () => {
  const browser = openBrowser();
  await browser.connect("jira");
  const record = await kvRecordOf("jira");
  const key = await kvKeyOf("jira");
  const copied = new Map(browser.cookies);
  await browser.call("DELETE", "/session");
  const staleKv = new Proxy(env.TOKENS, {
    get: (kv, name) =>
      name === "get"
        ? (asked: string) => Promise.resolve(asked === key ? JSON.parse(record) : null)
        : (Reflect.get(kv, name) as unknown),
  });
  const elsewhere = openBrowser({
    cookies: new Map(copied),
    fetch: fetchWithBindings({ TOKENS: staleKv }),
  });
  expect((await elsewhere.call("GET", "/connections/jira/token")).status).toBe(200);

  const afterwards = openBrowser({ cookies: new Map(copied) });
  expect((await afterwards.call("GET", "/connections/jira/token")).status).toBe(401);
  await advanceClock(3_600);
  expect((await elsewhere.call("GET", "/connections/jira/token")).status).toBe(401);
});
