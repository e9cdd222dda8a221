import {
  abortAllDurableObjects,
  reset,
  runDurableObjectAlarm,
  runInDurableObject,
} from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { TokenKeeper } from "../../src/tokens/token-keeper.ts";
import { advanceClock, useMovableClock } from "../journeys/clock.ts";
import { emulator, useFreshEmulator } from "../journeys/journey-emulator.ts";
import { keeperOf, kvKeyOf, kvRecordOf } from "../journeys/kv-copy.ts";
import { type Browser, openBrowser } from "../journeys/open-browser.ts";
import { readToken } from "../journeys/read-token.ts";
import { ringAlarms } from "./ring-alarms.ts";
import { alarmOf, storedIn } from "./stored-in.ts";
import { REFRESHES } from "../emulator/token-requests.ts";

useFreshEmulator();
useMovableClock();
beforeEach(() => reset());
afterEach(() => void vi.restoreAllMocks());

async function keeperOfTheOnlyOwner() {
  return keeperOf(await kvKeyOf("jira"));
}

/** A browser with a connection that KV has, and its owner's object. */
async function connectJira() {
  const browser = openBrowser();
  await browser.connect("jira");
  await kvRecordOf("jira");
  return { browser, keeper: await keeperOfTheOnlyOwner() };
}

/** Lets the next thing that is sealed with an answer in hand wait for ever. */
function hangAtSealing(): { isReached: boolean } {
  const sealing = { isReached: false };
  vi.spyOn(crypto.subtle, "encrypt").mockImplementation(() => {
    sealing.isReached = true;
    return new Promise(() => undefined);
  });
  return sealing;
}

test("aborted between the provider's answer and the commit: works again by itself", async () => {
  const { browser } = await connectJira();
  await emulator.fault({ ...REFRESHES, phase: "after", hold: "answer" });
  await advanceClock(3_600);
  const lost = browser.call("GET", "/connections/jira/token").catch(() => "lost");
  await emulator.waitForRequests(REFRESHES, 1);
  const sealing = hangAtSealing();
  await emulator.release("answer");
  // Polled, not awaited: an object can't be aborted from within a callback of its own.
  await expect.poll(() => sealing.isReached).toBe(true);
  vi.restoreAllMocks();
  await abortAllDurableObjects();
  await lost;

  await runDurableObjectAlarm(await keeperOfTheOnlyOwner());
  await kvRecordOf("jira", ({ version }) => version === 2);
  const refreshes = await emulator.requests(REFRESHES);
  expect(refreshes).toHaveLength(2);
  expect(await emulator.whose(await readToken(browser, "jira"))).toMatchObject({ alive: true });
  expect(await emulator.requests(REFRESHES)).toHaveLength(2);
});

test("aborted while the provider holds its answer: the next call takes it up", async () => {
  const browser = openBrowser();
  await browser.connect("jira");
  await emulator.fault({ ...REFRESHES, phase: "after", hold: "answer" });
  await advanceClock(3_600);
  const lost = browser.call("GET", "/connections/jira/token").catch(() => "lost");
  await emulator.waitForRequests(REFRESHES, 1);
  await abortAllDurableObjects();
  await lost;
  expect(await emulator.whose(await readToken(browser, "jira"))).toMatchObject({ alive: true });
  expect(await emulator.grants()).toMatchObject([{ alive: true }]);
});

test("an answer that got lost on the way is asked for again within the leeway", async () => {
  const { browser } = await connectJira();
  await emulator.fault({ ...REFRESHES, phase: "after", reset: true });
  await advanceClock(3_600);
  const answer = await browser.call("GET", "/connections/jira/token");
  expect(answer.status).toBe(503);

  await advanceClock(60);
  await runDurableObjectAlarm(await keeperOfTheOnlyOwner());
  await kvRecordOf("jira", ({ version }) => version === 2);
  expect(await emulator.whose(await readToken(browser, "jira"))).toMatchObject({ alive: true });
});

test("an interrupted refresh finishes by itself within a minute, when nobody calls again", async () => {
  const { browser } = await connectJira();
  await emulator.fault({ ...REFRESHES, phase: "after", hold: "answer" });
  await advanceClock(3_600);
  const lost = browser.call("GET", "/connections/jira/token").catch(() => "lost");
  await emulator.waitForRequests(REFRESHES, 1);
  const wait = ((await alarmOf(await keeperOfTheOnlyOwner())) ?? Infinity) - Date.now();
  // Not while the POST may still be answered.
  expect(wait).toBeGreaterThan(15_000);
  expect(wait).toBeLessThanOrEqual(60_000);
  await abortAllDurableObjects();
  await lost;

  expect(await runDurableObjectAlarm(await keeperOfTheOnlyOwner())).toBe(true);
  await kvRecordOf("jira", ({ version }) => version === 2);
});

test("an object that starts up again takes up its refresh, whatever it was woken for", async () => {
  const { browser } = await connectJira();
  await emulator.fault({ ...REFRESHES, phase: "after", hold: "answer" });
  await advanceClock(3_600);
  const lost = browser.call("GET", "/connections/jira/token").catch(() => "lost");
  await emulator.waitForRequests(REFRESHES, 1);
  await abortAllDurableObjects();
  await lost;

  expect((await browser.call("GET", "/connections/bitbucket")).status).toBe(200);
  await kvRecordOf("jira", ({ version }) => version === 2);
  expect(await emulator.requests(REFRESHES)).toHaveLength(2);
});

test("what can't be sealed is not asked for: nothing is spent on an answer that would be lost", async () => {
  const browser = openBrowser();
  await browser.connect("jira");
  await advanceClock(3_600);
  vi.spyOn(crypto.subtle, "encrypt").mockRejectedValue(new Error("no sealing today"));
  expect((await browser.call("GET", "/connections/jira/token")).status).toBe(503);
  expect(await emulator.requests(REFRESHES)).toEqual([]);

  vi.restoreAllMocks();
  expect(await emulator.whose(await readToken(browser, "jira"))).toMatchObject({ alive: true });
});

test("an unknown outcome is looked into for ten minutes when nobody calls, and no longer", async () => {
  const { browser, keeper } = await connectJira();
  await emulator.fault({ ...REFRESHES, times: "always", reset: true });
  await advanceClock(3_600);
  expect((await browser.call("GET", "/connections/jira/token")).status).toBe(503);
  await ringAlarms(keeper, 595);
  const within = await emulator.requests(REFRESHES);
  expect(within.length).toBeGreaterThan(10);
  await ringAlarms(keeper, 3_600);
  expect((await emulator.requests(REFRESHES)).length - within.length).toBeLessThanOrEqual(1);
  expect(await storedIn(keeper, "connection:jira")).toMatchObject({
    status: "connected",
    intent: { recoverAt: null },
  });
  expect(await alarmOf(keeper)).toBeGreaterThan(Date.now() + 86_400_000);
});

test("after a long outage a lost answer is looked into for ten minutes anew", async () => {
  const { browser, keeper } = await connectJira();
  await emulator.fault({ ...REFRESHES, times: "always", reset: true });
  await advanceClock(3_600);
  expect((await browser.call("GET", "/connections/jira/token")).status).toBe(503);
  await ringAlarms(keeper, 720);
  await emulator.clearFaults();
  await emulator.fault({ ...REFRESHES, phase: "after", reset: true });
  expect((await browser.call("GET", "/connections/jira/token")).status).toBe(503);
  await ringAlarms(keeper, 1_200);
  expect(await emulator.whose(await readToken(browser, "jira"))).toMatchObject({ alive: true });
});

test("a lost answer, and a provider that wants a quarter of an hour: asked once before the leeway ends", async () => {
  const { browser, keeper } = await connectJira();
  await emulator.fault({ ...REFRESHES, phase: "after", reset: true });
  await emulator.fault({ ...REFRESHES, status: 429, headers: { "Retry-After": "900" } });
  await advanceClock(3_600);
  expect((await browser.call("GET", "/connections/jira/token")).status).toBe(503);
  await ringAlarms(keeper, 1_200);
  expect(await emulator.requests(REFRESHES)).toHaveLength(3);
  expect(await emulator.whose(await readToken(browser, "jira"))).toMatchObject({ alive: true });
});

test.each([502, 503, 504])(
  "a %i that says when to come again, but was carried out, is taken up within the leeway",
  async (status) => {
    const browser = openBrowser();
    await browser.connect("jira");
    await kvRecordOf("jira");
    const headers = { "Retry-After": "30" };
    await emulator.fault({ ...REFRESHES, phase: "after", status, headers });
    await advanceClock(3_600);
    expect((await browser.call("GET", "/connections/jira/token")).status).toBe(503);
    await ringAlarms(await keeperOfTheOnlyOwner(), 1_200);
    expect(await emulator.whose(await readToken(browser, "jira"))).toMatchObject({ alive: true });
  },
);

test("a setback after an unknown outcome does not say what became of it: it is still looked into", async () => {
  const { browser, keeper } = await connectJira();
  await emulator.fault({ ...REFRESHES, phase: "after", reset: true });
  await emulator.fault({ ...REFRESHES, status: 429, headers: { "Retry-After": "30" } });
  await advanceClock(3_600);
  expect((await browser.call("GET", "/connections/jira/token")).status).toBe(503);
  await advanceClock(2);
  expect((await browser.call("GET", "/connections/jira/token")).status).toBe(503);
  expect(await emulator.requests(REFRESHES)).toHaveLength(2);
  expect((await alarmOf(keeper)) ?? Infinity).toBeLessThanOrEqual(Date.now() + 30_000);

  await advanceClock(30);
  await runDurableObjectAlarm(keeper);
  await kvRecordOf("jira", ({ version }) => version === 2);
  expect(await emulator.whose(await readToken(browser, "jira"))).toMatchObject({ alive: true });
});

/** Lets Bitbucket doubt our credentials for a bit more than half an hour, while somebody asks. */
async function doubtForHalfAnHour(browser: Browser): Promise<Response> {
  for (let minutes = 0; minutes < 32; minutes += 4) {
    await browser.call("GET", "/connections/bitbucket/token");
    await advanceClock(240);
  }
  return browser.call("GET", "/connections/bitbucket/token");
}

test("Bitbucket without leeway: a spent token is doubted for half an hour, then told as what it is", async () => {
  await emulator.configure({ bitbucketStrict: true });
  const browser = openBrowser();
  await browser.connect("bitbucket");
  await emulator.fault({ ...REFRESHES, phase: "after", reset: true });
  await advanceClock(7_200);
  const first = await browser.call("GET", "/connections/bitbucket/token");
  expect(await first.json()).toMatchObject({ code: "provider_unavailable" });

  await advanceClock(60);
  const last = await doubtForHalfAnHour(browser);
  expect(last.status).toBe(401);
  expect(await last.json()).toMatchObject({ code: "reconnect_required" });
  const sent = await emulator.requests(REFRESHES);
  await browser.call("GET", "/connections/bitbucket/token");
  expect(await emulator.requests(REFRESHES)).toHaveLength(sent.length);
});

/** What Bitbucket answers for wrong credentials, and sometimes for a while to good ones. */
const DOUBT = {
  ...REFRESHES,
  status: 400,
  body: '{"error":"unauthorized_client","error_description":"Invalid OAuth client credentials"}',
} as const;

test("what was taken for spent and was not works again, without a consent", async () => {
  const browser = openBrowser();
  await browser.connect("bitbucket");
  await emulator.fault({ ...REFRESHES, reset: true });
  await emulator.fault({ ...DOUBT, times: "always" });
  await advanceClock(7_200);
  await browser.call("GET", "/connections/bitbucket/token");
  await advanceClock(60);
  expect((await doubtForHalfAnHour(browser)).status).toBe(401);
  const shown = await browser.call("GET", "/connections/bitbucket");
  expect(await shown.json()).toMatchObject({ status: "reconnect_required" });

  await emulator.clearFaults();
  await advanceClock(240);
  await readToken(browser, "bitbucket");
  const healed = await browser.call("GET", "/connections/bitbucket");
  expect(await healed.json()).toMatchObject({ status: "connected" });
});

test("a restart while wrong credentials are refused does not make a spent token of it", async () => {
  const browser = openBrowser();
  await browser.connect("bitbucket");
  await kvRecordOf("bitbucket");
  const key = await kvKeyOf("bitbucket");
  await emulator.fault({ ...DOUBT, times: 9 });
  await advanceClock(7_200);
  await doubtForHalfAnHour(browser);
  await emulator.fault({ ...DOUBT, hold: "answer" });
  await emulator.fault({ ...DOUBT, times: "always" });
  await advanceClock(240);
  const sent = (await emulator.requests(REFRESHES)).length;
  const lost = browser.call("GET", "/connections/bitbucket/token").catch(() => "lost");
  await emulator.waitForRequests(REFRESHES, sent + 1);
  await abortAllDurableObjects();
  await lost;
  await ringAlarms(keeperOf(key), 240);
  const answer = await browser.call("GET", "/connections/bitbucket/token");
  expect(await answer.json()).toMatchObject({ code: "provider_misconfigured" });
});

test("doubt after an hour of silence is not an hour of doubt", async () => {
  const browser = openBrowser();
  await browser.connect("bitbucket");
  await emulator.fault({ ...REFRESHES, reset: true });
  await emulator.fault({ ...DOUBT, times: 2 });
  await advanceClock(7_200);
  for (const seconds of [60, 3_600, 0]) {
    const answer = await browser.call("GET", "/connections/bitbucket/token");
    expect(answer.status).toBe(503);
    await advanceClock(seconds);
  }
});

test("Bitbucket doubting our credentials for half an hour, with no outcome unknown, is misconfigured", async () => {
  const browser = openBrowser();
  await browser.connect("bitbucket");
  await emulator.fault({
    ...REFRESHES,
    times: "always",
    status: 400,
    body: '{"error":"unauthorized_client","error_description":"Invalid OAuth client credentials"}',
  });
  await advanceClock(7_200);
  const answer = await doubtForHalfAnHour(browser);
  expect(await answer.json()).toMatchObject({ code: "provider_misconfigured" });
  await emulator.clearFaults();
  await advanceClock(240);
  await readToken(browser, "bitbucket");
});

test("aborted during a code exchange: an earlier connection is untouched", async () => {
  const { browser } = await connectJira();
  const record = await kvRecordOf("jira");
  const before = await readToken(browser, "jira");
  const callback = await browser.consent(await browser.start("jira"), { account: "bob" });
  await emulator.fault({ endpoint: "token", phase: "after", hold: "answer" });
  const arrival = browser.arrive(callback);
  await emulator.waitForRequests({ endpoint: "token" }, 2);
  await abortAllDurableObjects();

  const location = new URL((await arrival).headers.get("Location") ?? "");
  expect(location.search).toBe("?provider=jira&outcome=failed&reason=provider_unavailable");
  expect(await readToken(browser, "jira")).toBe(before);
  expect(await kvRecordOf("jira")).toBe(record);
  expect((await browser.arrive(callback)).status).toBe(400);
});

test("an interrupted refresh of a provider that is not configured any more wakes nobody after the leeway", async () => {
  const { browser } = await connectJira();
  await emulator.fault({ ...REFRESHES, phase: "after", reset: true });
  await advanceClock(3_600);
  await browser.call("GET", "/connections/jira/token");
  await advanceClock(600);
  const unconfigured = { ...env, ATLASSIAN_CLIENT_ID: "", ATLASSIAN_CLIENT_SECRET: "" };
  const next = await runInDurableObject(await keeperOfTheOnlyOwner(), async (_, state) => {
    await new TokenKeeper(state, unconfigured).alarm();
    return state.storage.getAlarm();
  });
  expect((next ?? 0) - Date.now()).toBeGreaterThan(86_400_000);
});

test("an alarm has its successor before it does anything", async () => {
  await connectJira();
  const next = await runInDurableObject(await keeperOfTheOnlyOwner(), async (_, state) => {
    await state.storage.deleteAlarm();
    await new TokenKeeper(state, { ...env, SEALING_KEYS: "" } as Env).alarm();
    return state.storage.getAlarm();
  });
  expect(next).toBeGreaterThan(Date.now());
});
