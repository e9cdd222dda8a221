import { reset } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { advanceClock, useMovableClock } from "../../journeys/clock.ts";
import { countedBindings } from "../../journeys/counted-bindings.ts";
import { fetchWithBindings } from "../../journeys/fetch-with-bindings.ts";
import { emulator, useFreshEmulator } from "../../journeys/journey-emulator.ts";
import { kvKeyOf, kvPrototype, kvRecordOf } from "../../journeys/kv-copy.ts";
import { openBrowser } from "../../journeys/open-browser.ts";
import { forceRefresh, readToken } from "../../journeys/read-token.ts";
import { REFRESHES } from "../../emulator/token-requests.ts";

useFreshEmulator();
useMovableClock();
beforeEach(() => reset());
afterEach(() => void vi.restoreAllMocks());

interface Records {
  readonly key: string;
  /** Of the version before, under the session of today. */
  readonly olderVersion: string;
  /** Of this version, under the session before. */
  readonly olderSession: string;
}

/** A connection in its second version and under its second session, at a provider without leeway. */
async function connectedTwice() {
  const { bindings, counts } = countedBindings();
  const browser = openBrowser({ fetch: fetchWithBindings(bindings) });
  await browser.connect("jira");
  const first = await kvRecordOf("jira");
  await forceRefresh(browser, "jira", await readToken(browser, "jira"));
  const olderSession = await kvRecordOf("jira", ({ version }) => version === 2);
  const { session: before } = JSON.parse(olderSession) as { session: string };
  await browser.connect("bitbucket");
  const { session } = JSON.parse(await kvRecordOf("jira", (record) => record.session !== before));
  const olderVersion = JSON.stringify({ ...JSON.parse(first), session });
  await emulator.configure({ leewaySeconds: 0 });
  const records: Records = { key: await kvKeyOf("jira"), olderVersion, olderSession };
  const token = await readToken(browser, "jira");
  // So that KV is read again.
  await advanceClock(5);
  return { browser, counts, records, token };
}

const MISBEHAVIOURS: readonly (readonly [string, (records: Records) => unknown])[] = [
  ["throws", () => vi.spyOn(kvPrototype, "get").mockRejectedValue(new Error("KV is down"))],
  ["hangs", () => vi.spyOn(kvPrototype, "get").mockReturnValue(new Promise(() => undefined))],
  ["has an older version", ({ key, olderVersion }) => env.TOKENS.put(key, olderVersion)],
  ["has an older session", ({ key, olderSession }) => env.TOKENS.put(key, olderSession)],
  ["has nothing", ({ key }) => env.TOKENS.delete(key)],
  ["has garbage", ({ key }) => env.TOKENS.put(key, "\u0000{")],
];

test.each(MISBEHAVIOURS)(
  "a KV that %s: the object is asked for a warm token, and nothing is spent",
  async (_, misbehave) => {
    const { browser, counts, records, token } = await connectedTwice();
    const before = counts.objectCalls;
    await misbehave(records);
    expect(await readToken(browser, "jira")).toBe(token);
    expect(counts.objectCalls).toBe(before + 1);
    expect(await emulator.requests(REFRESHES)).toHaveLength(1);
  },
);

test.each(MISBEHAVIOURS)(
  "a KV that %s: a token that is about to end is handed out, and refreshed once behind it",
  async (_, misbehave) => {
    const { browser, records, token } = await connectedTwice();
    await advanceClock(3_600 - 200);
    await misbehave(records);
    expect(await readToken(browser, "jira")).toBe(token);
    await expect.poll(() => readToken(browser, "jira")).not.toBe(token);
    expect(await emulator.requests(REFRESHES)).toHaveLength(2);
  },
);

test.each(MISBEHAVIOURS)(
  "a KV that %s: an expired token is refreshed once, whoever asks, and again an hour later",
  async (_, misbehave) => {
    const { browser, records, token } = await connectedTwice();
    await advanceClock(3_600);
    await misbehave(records);
    for (const refreshes of [2, 3]) {
      const readings = Array.from({ length: 5 }, () => readToken(browser, "jira"));
      const [fresh = "", ...others] = await Promise.all(readings);
      expect(fresh).not.toBe(token);
      expect(new Set(others)).toEqual(new Set([fresh]));
      expect(await emulator.whose(fresh)).toMatchObject({ provider: "jira", alive: true });
      expect(await emulator.requests(REFRESHES)).toHaveLength(refreshes);
      await advanceClock(3_600);
    }
  },
);
