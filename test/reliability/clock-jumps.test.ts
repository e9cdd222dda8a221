import { reset, runDurableObjectAlarm } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeEach, expect, test } from "vitest";
import { advanceClock, DAY_SECONDS, HOUR_SECONDS, useMovableClock } from "../journeys/clock.ts";
import { countedBindings } from "../journeys/counted-bindings.ts";
import { fetchWithBindings } from "../journeys/fetch-with-bindings.ts";
import { emulator, useFreshEmulator } from "../journeys/journey-emulator.ts";
import { keeperOf, kvKeyOf, kvRecordOf } from "../journeys/kv-copy.ts";
import { openBrowser } from "../journeys/open-browser.ts";
import { forceRefresh, readToken } from "../journeys/read-token.ts";
import { storedIn } from "./stored-in.ts";
import { REFRESHES } from "../emulator/token-requests.ts";

useFreshEmulator();
useMovableClock();
beforeEach(() => reset());

const YEAR_SECONDS = 365 * DAY_SECONDS;

test("a year forward: the session is none, its connection is forgotten, and connecting works", async () => {
  const browser = openBrowser();
  await browser.connect("jira");
  await kvRecordOf("jira");
  const keeper = keeperOf(await kvKeyOf("jira"));
  await advanceClock(YEAR_SECONDS);
  const answer = await browser.call("GET", "/connections/jira/token");
  expect(await answer.json()).toMatchObject({ code: "not_connected" });
  expect(await runDurableObjectAlarm(keeper)).toBe(true);
  expect(await storedIn(keeper, "owner")).toMatchObject({ state: "erased" });
  expect(await storedIn(keeper, "connection:jira")).toBe(undefined);
  expect((await env.TOKENS.list()).keys).toEqual([]);

  await browser.connect("jira");
  expect(await emulator.whose(await readToken(browser, "jira"))).toMatchObject({ alive: true });
});

test("a year forward between start and callback: that flow has ended, the next one works", async () => {
  const browser = openBrowser();
  const callback = await browser.consent(await browser.start("jira"));
  await advanceClock(YEAR_SECONDS);
  expect((await browser.arrive(callback)).status).toBe(400);
  await browser.connect("jira");
  await readToken(browser, "jira");
});

test("an hour back: a token is not believed to live longer than it was issued for", async () => {
  const browser = openBrowser();
  await browser.connect("jira");
  await kvRecordOf("jira");
  const before = await readToken(browser, "jira");
  await advanceClock(-HOUR_SECONDS);
  expect(await readToken(browser, "jira")).not.toBe(before);
  expect(await emulator.requests(REFRESHES)).toHaveLength(1);

  // One is enough: from now on both clocks agree.
  await kvRecordOf("jira", ({ version }) => version === 2);
  await readToken(browser, "jira");
  expect(await emulator.requests(REFRESHES)).toHaveLength(1);
});

test("an hour back: what was put off for seconds is not put off for an hour", async () => {
  const browser = openBrowser();
  await browser.connect("jira");
  await emulator.fault({ ...REFRESHES, status: 503, headers: { "Retry-After": "30" } });
  await advanceClock(2 * HOUR_SECONDS);
  expect((await browser.call("GET", "/connections/jira/token")).status).toBe(503);
  await advanceClock(-HOUR_SECONDS);
  await readToken(browser, "jira");
  expect(await emulator.requests(REFRESHES)).toHaveLength(2);
});

test("an hour back: a refresh can be forced again after a minute, not after an hour", async () => {
  const browser = openBrowser();
  await browser.connect("jira");
  await forceRefresh(browser, "jira", await readToken(browser, "jira"));
  await advanceClock(-HOUR_SECONDS);
  const before = await readToken(browser, "jira");
  const again = await forceRefresh(browser, "jira", before);
  expect(again.status).toBe(200);
  expect(await again.json()).not.toMatchObject({ access_token: before });
});

test("an hour back over midnight: reads stay warm, and the cookie is not set again and again", async () => {
  const { bindings, counts } = countedBindings();
  const browser = openBrowser({ fetch: fetchWithBindings(bindings) });
  await advanceClock(DAY_SECONDS - ((Date.now() / 1_000) % DAY_SECONDS) + 60);
  await browser.connect("jira");
  await advanceClock(-HOUR_SECONDS);
  await readToken(browser, "jira");
  await kvRecordOf("jira", ({ version }) => version === 2);
  const asked = counts.objectCalls;
  const answer = await browser.call("GET", "/connections/jira/token");
  expect(answer.headers.getSetCookie()).toEqual([]);
  expect(counts.objectCalls).toBe(asked);
});

test("an hour back: the person's decisions still count", async () => {
  const browser = openBrowser();
  await browser.connect("bitbucket");
  await browser.connect("jira");
  await advanceClock(-HOUR_SECONDS);
  await browser.call("DELETE", "/connections/jira");
  const refused = await browser.call("GET", "/connections/jira/token");
  expect(await refused.json()).toMatchObject({ code: "not_connected" });
  const stale = openBrowser({ cookies: new Map(browser.cookies) });
  await browser.call("DELETE", "/session");
  expect((await stale.call("GET", "/connections/bitbucket/token")).status).toBe(401);
});
