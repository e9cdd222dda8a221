import { reset, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeEach, expect, test } from "vitest";
import { advanceClock, useMovableClock } from "../journeys/clock.ts";
import { emulator, useFreshEmulator } from "../journeys/journey-emulator.ts";
import { keeperOf, kvKeyOf, kvRecordOf } from "../journeys/kv-copy.ts";
import { openBrowser } from "../journeys/open-browser.ts";
import { forceRefresh, readToken } from "../journeys/read-token.ts";
import { REFRESHES } from "../emulator/token-requests.ts";
import type { ConnectedRow } from "../../src/tokens/stored-rows.ts";

useFreshEmulator();
useMovableClock();
beforeEach(() => reset());

const ROW = "connection:jira";

async function keeper() {
  return keeperOf(await kvKeyOf("jira"));
}

async function rowNow(): Promise<unknown> {
  return runInDurableObject(await keeper(), (_, { storage }) => storage.kv.get(ROW));
}

/** As a point-in-time restore does: the row is what it was. */
async function restore(row: unknown): Promise<void> {
  await runInDurableObject(await keeper(), (_, { storage }) => storage.kv.put(ROW, row));
}

test("an object restored to before a refresh adopts the newer copy, and spends no spent token", async () => {
  const browser = openBrowser();
  await browser.connect("jira");
  await kvRecordOf("jira");
  const before = await rowNow();
  const { access_token: newest } = await (
    await forceRefresh(browser, "jira", await readToken(browser, "jira"))
  ).json<{ access_token: string }>();
  await kvRecordOf("jira", ({ version }) => version === 2);
  await restore(before);
  await emulator.configure({ leewaySeconds: 0 });

  expect(await readToken(browser, "jira")).toBe(newest);
  await advanceClock(3_600);
  expect(await emulator.whose(await readToken(browser, "jira"))).toMatchObject({ alive: true });
  expect(await emulator.grants()).toMatchObject([{ alive: true, refreshes: 2 }]);
});

/** What an object may be restored to whose connection is no more, and what callers are told. */
const ENDS = [
  { end: "disconnected", told: "not_connected" },
  { end: "dead", told: "reconnect_required" },
  { end: "erased", told: "not_connected" },
] as const;

/** As a restore does that leaves the connection ended at version 2. */
async function restoreTo(end: (typeof ENDS)[number]["end"], now: ConnectedRow): Promise<void> {
  const { revision, accountId, sites, scopes, connectedAt } = now;
  const ended = { version: 2, revision, kvDue: null };
  if (end === "disconnected") return restore({ status: end, ...ended });
  if (end === "dead")
    return restore({ status: end, ...ended, accountId, sites, scopes, connectedAt });
  await runInDurableObject(await keeper(), (_, { storage }) => {
    storage.kv.put("owner", { state: "erased", erasedAt: Date.now(), kvDue: null });
    storage.kv.delete(ROW);
  });
}

test.each(ENDS)("an object restored to where it was $end adopts nothing", async ({ end, told }) => {
  const browser = openBrowser();
  await browser.connect("jira");
  for (const version of [2, 3]) {
    await forceRefresh(browser, "jira", await readToken(browser, "jira"));
    await kvRecordOf("jira", (record) => record.version === version);
    await advanceClock(61);
  }
  const key = await kvKeyOf("jira");
  const copy = await kvRecordOf("jira");
  const sent = await emulator.requests(REFRESHES);
  await restoreTo(end, (await rowNow()) as ConnectedRow);
  const restored = await rowNow();
  await env.TOKENS.put(key, copy);
  await advanceClock(3_600);

  const answer = await browser.call("GET", "/connections/jira/token");
  expect(await answer.json()).toMatchObject({ code: told });
  await runDurableObjectAlarm(keeperOf(key));
  expect(await emulator.requests(REFRESHES)).toEqual(sent);
  expect(await runInDurableObject(keeperOf(key), (_, { storage }) => storage.kv.get(ROW))).toEqual(
    restored,
  );
});

test("a copy that claims to be newer but does not open is not adopted", async () => {
  const browser = openBrowser();
  await browser.connect("jira");
  const record = await kvRecordOf("jira");
  await env.TOKENS.put(
    await kvKeyOf("jira"),
    JSON.stringify({ ...JSON.parse(record), version: 9 }),
  );
  await advanceClock(3_600);
  expect(await emulator.whose(await readToken(browser, "jira"))).toMatchObject({ alive: true });
  expect(await rowNow()).toMatchObject({ version: 2 });
});

test("a restored object overwrites nothing newer when the other provider is connected", async () => {
  const browser = openBrowser();
  await browser.connect("jira");
  await kvRecordOf("jira");
  const before = await rowNow();
  await forceRefresh(browser, "jira", await readToken(browser, "jira"));
  await kvRecordOf("jira", ({ version }) => version === 2);
  await restore(before);
  await emulator.configure({ leewaySeconds: 0 });

  await browser.connect("bitbucket");
  await kvRecordOf("bitbucket");
  await advanceClock(3_600);
  expect(await emulator.whose(await readToken(browser, "jira"))).toMatchObject({ alive: true });
});

test("after a restore, a disconnect and another consent, what KV still has of the old one is not adopted", async () => {
  const browser = openBrowser();
  await browser.connect("jira", { account: "alice" });
  await kvRecordOf("jira");
  const before = await rowNow();
  for (const version of [2, 3, 4]) {
    await forceRefresh(browser, "jira", await readToken(browser, "jira"));
    await kvRecordOf("jira", (record) => record.version === version);
    await advanceClock(61);
  }
  const [key, stale] = [await kvKeyOf("jira"), await kvRecordOf("jira")];
  await restore(before);
  await browser.call("DELETE", "/connections/jira");
  await browser.connect("jira", { account: "bob" });
  await kvRecordOf("jira", ({ version }) => version === 3);
  const token = await readToken(browser, "jira");
  await env.TOKENS.put(key, stale);
  const forced = await forceRefresh(browser, "jira", token);
  const { access_token: next } = await forced.json<{ access_token: string }>();
  expect(await emulator.whose(next)).toMatchObject({ account: "bob" });
});
