import {
  listDurableObjectIds,
  reset,
  runDurableObjectAlarm,
  runInDurableObject,
} from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeEach, expect, test } from "vitest";
import { advanceClock, DAY_SECONDS, MINUTE_SECONDS, useMovableClock } from "../journeys/clock.ts";
import { emulator, useFreshEmulator } from "../journeys/journey-emulator.ts";
import { kvRecordOf } from "../journeys/kv-copy.ts";
import { type Browser, openBrowser } from "../journeys/open-browser.ts";
import { readToken } from "../journeys/read-token.ts";
import { PROVIDERS } from "../emulator/emulator-protocol.ts";
import { EXCHANGES } from "../emulator/token-requests.ts";
import { alarmOf, NO_PLACE, placeTakenBy, storedIn } from "./stored-in.ts";

useFreshEmulator();
useMovableClock();

let before: readonly string[] = [];
const keepers = () => listDurableObjectIds(env.TOKEN_KEEPER);
beforeEach(async () => {
  await reset();
  before = (await keepers()).map(String);
});

/** This test's one object, also when KV does not name its owner. */
async function onlyKeeper() {
  const [id, ...more] = (await keepers()).filter((each) => !before.includes(String(each)));
  if (!id || more.length > 0) throw new Error("a test here has one object");
  const name = await runInDurableObject(env.TOKEN_KEEPER.get(id), (_, state) => state.id.name);
  return env.TOKEN_KEEPER.getByName(name ?? "");
}

/** As if the clock had moved and the object's alarm had rung; whether it had one. */
async function ringAfter(seconds: number): Promise<boolean> {
  await advanceClock(seconds);
  return runDurableObjectAlarm(await onlyKeeper());
}

test("a tombstone stays for SESSION_DAYS and a day, then nothing is left of the owner", async () => {
  const browser = openBrowser();
  await browser.connect("jira");
  await kvRecordOf("jira");
  await browser.call("DELETE", "/session");
  expect(await ringAfter(2 * MINUTE_SECONDS)).toBe(true);

  expect(await ringAfter(31 * DAY_SECONDS - 3 * MINUTE_SECONDS)).toBe(true);
  expect(await storedIn(await onlyKeeper(), "owner")).toMatchObject({ state: "erased" });
  expect(await ringAfter(MINUTE_SECONDS)).toBe(true);
  expect(await placeTakenBy(await onlyKeeper())).toEqual(NO_PLACE);
});

test("an owner is erased for not being seen after SESSION_DAYS and a day, not before", async () => {
  const browser = openBrowser();
  await browser.connect("jira");
  await kvRecordOf("jira");
  expect(await ringAfter(31 * DAY_SECONDS - MINUTE_SECONDS)).toBe(true);
  expect(await storedIn(await onlyKeeper(), "connection:jira")).toMatchObject({
    status: "connected",
  });
  expect((await env.TOKENS.list()).keys).toHaveLength(1);

  expect(await ringAfter(DAY_SECONDS + MINUTE_SECONDS)).toBe(true);
  expect(await storedIn(await onlyKeeper(), "owner")).toMatchObject({ state: "erased" });
  expect(await storedIn(await onlyKeeper(), "connection:jira")).toBeUndefined();
});

test.each(["deny", "error:server_error", "allow"])(
  "an object whose only flow came to nothing clears itself when that flow expires: %s",
  async (decision) => {
    await emulator.fault({ endpoint: "token", status: 400, body: '{"error":"invalid_grant"}' });
    const browser = openBrowser();
    expect((await browser.connect("jira", { decision })).search).not.toContain("connected");
    expect(await ringAfter(9 * MINUTE_SECONDS)).toBe(true);
    expect(await ringAfter(MINUTE_SECONDS)).toBe(true);
    expect(await placeTakenBy(await onlyKeeper())).toEqual(NO_PLACE);
  },
);

test.each([
  ["clears nothing that the callback has stored", 5],
  ["clears itself, the callback's flow having ended too", 10],
])(
  "an alarm that finds the only other flow ended, a callback being in flight, %s",
  async (_, minutes) => {
    const browser = openBrowser();
    const denied = await browser.consent(await browser.start("jira"), { decision: "deny" });
    await advanceClock(5 * MINUTE_SECONDS);
    const allowed = await browser.consent(await browser.start("jira"));
    const copy = openBrowser({ cookies: new Map(browser.cookies) });
    await browser.arrive(denied);
    await emulator.fault({ ...EXCHANGES, phase: "after", hold: "code" });
    const arrival = browser.arrive(allowed);
    await emulator.waitForRequests(EXCHANGES, 1);

    expect(await ringAfter(minutes * MINUTE_SECONDS)).toBe(true);
    expect((await copy.arrive(allowed)).status).toBe(400);
    await emulator.release("code");
    expect((await arrival).status).toBe(303);
    expect(await emulator.requests(EXCHANGES)).toHaveLength(1);
    expect(await emulator.whose(await readToken(browser, "jira"))).toMatchObject({ alive: true });
    expect(await storedIn(await onlyKeeper(), "connection:jira")).toMatchObject({
      status: "connected",
    });
    expect(await alarmOf(await onlyKeeper())).not.toBe(null);
  },
);

test("an object that has consumed no flow writes nothing, whatever it is asked", async () => {
  const keeper = env.TOKEN_KEEPER.getByName("nobody");
  await keeper.readToken("jira", "no session");
  await keeper.refreshAhead("jira", "no session");
  await keeper.forceRefresh("jira", "no session", "no token");
  await keeper.listConnections("no session");
  await keeper.disconnectProvider("jira", "no session");
  await keeper.eraseOwner("no session");
  expect(await placeTakenBy(keeper)).toEqual(NO_PLACE);
});

async function reconnectBy(browser: Browser, provider: string): Promise<number> {
  const answer = await browser.call("GET", `/connections/${provider}`);
  return Date.parse((await answer.json<{ reconnect_by: string }>()).reconnect_by);
}

test.each(PROVIDERS)(
  "a connection says that it ends 90 days after its refresh token came: %s",
  async (provider) => {
    const browser = openBrowser();
    await advanceClock(0);
    await browser.connect(provider);
    for (const _ of ["the consent", "a refresh", "another"]) {
      await readToken(browser, provider);
      const cameAt = Math.floor(Date.now() / 1_000) * 1_000;
      await advanceClock(MINUTE_SECONDS);
      expect(await reconnectBy(browser, provider)).toBe(cameAt + 90 * DAY_SECONDS * 1_000);
      await advanceClock(20 * DAY_SECONDS);
    }
  },
);
