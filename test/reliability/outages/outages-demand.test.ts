import { abortAllDurableObjects, reset, runDurableObjectAlarm } from "cloudflare:test";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Fault } from "../../emulator/fault.ts";
import { askToken } from "../ask-token.ts";
import { advanceClock, useMovableClock } from "../../journeys/clock.ts";
import { browserAtRest } from "./browser-at-rest.ts";
import { LIFETIME_SECONDS } from "../lifetime-seconds.ts";
import { emulator, useFreshEmulator } from "../../journeys/journey-emulator.ts";
import { keeperOf, kvKeyOf } from "../../journeys/kv-copy.ts";
import { secondsToAlarm } from "../ring-alarms.ts";
import { REFRESHES } from "../../emulator/token-requests.ts";

useFreshEmulator();
useMovableClock();
beforeEach(() => reset());
afterEach(() => void vi.restoreAllMocks());

const STEP_SECONDS = 5;
const OUTAGE_SECONDS = 15 * 60;

interface LongOutage {
  readonly what: string;
  readonly provider: "bitbucket" | "jira";
  readonly fault: Fault;
  /** Seconds between attempts, when chance takes nothing away; the last one for ever. */
  readonly waits: readonly number[];
  /** The same when it takes away what it can. */
  readonly shortest: readonly number[];
}

const BACKOFF = { waits: [2, 4, 8, 16, 32, 60], shortest: [1, 2, 4, 8, 16, 30] };
const LONG_OUTAGES: readonly LongOutage[] = [
  { what: "500", provider: "jira", fault: { status: 500 }, ...BACKOFF },
  { what: "429 without a time", provider: "bitbucket", fault: { status: 429 }, ...BACKOFF },
  {
    what: "503 that asks for more than the back-off",
    provider: "jira",
    fault: { status: 503, headers: { "Retry-After": "100" } },
    waits: [100],
    shortest: [100],
  },
  {
    what: "credentials doubted for no clear reason",
    provider: "bitbucket",
    fault: {
      status: 400,
      body: '{"error":"unauthorized_client","error_description":"Invalid OAuth client credentials"}',
    },
    waits: [180],
    shortest: [90],
  },
];

const NOTHING_ELSE = { isRestarted: false, isRung: false };
const DEMANDS = [
  { demand: "one caller", callers: 1, random: 1, ...NOTHING_ELSE },
  { demand: "one caller, and chance", callers: 1, random: 0, ...NOTHING_ELSE },
  { demand: "20 callers at once", callers: 20, random: 1, ...NOTHING_ELSE },
  {
    demand: "a restart before every call",
    callers: 1,
    random: 1,
    isRestarted: true,
    isRung: false,
  },
  { demand: "the alarm and one caller", callers: 1, random: 1, isRestarted: false, isRung: true },
];

/** The seconds of the attempts: the first step at which each wait is over. */
function attemptsAfter(waits: readonly number[]): number[] {
  const attempts = [];
  for (let second = 0; second <= OUTAGE_SECONDS;) {
    const wait = waits[Math.min(attempts.length, waits.length - 1)] ?? 0;
    attempts.push(second);
    second = Math.ceil((second + wait) / STEP_SECONDS) * STEP_SECONDS;
  }
  return attempts;
}

test.each(LONG_OUTAGES.flatMap((outage) => DEMANDS.map((demand) => ({ ...outage, ...demand }))))(
  "$provider, $what, $demand: what reaches the provider follows the back-off",
  async ({ provider, fault, waits, shortest, callers, random, isRestarted, isRung }) => {
    const browser = await browserAtRest(provider);
    const key = await kvKeyOf(provider);
    await emulator.fault({ ...REFRESHES, ...fault, times: "always" });
    await advanceClock(LIFETIME_SECONDS[provider]);
    vi.spyOn(Math, "random").mockReturnValue(random);

    const attempts: number[] = [];
    for (let second = 0; second <= OUTAGE_SECONDS; second += STEP_SECONDS) {
      if (isRestarted) await abortAllDurableObjects();
      if (isRung && (await secondsToAlarm(keeperOf(key))) <= 0)
        await runDurableObjectAlarm(keeperOf(key));
      const calls = Array.from({ length: callers }, () => askToken(browser, provider));
      for (const { told, wait } of await Promise.all(calls)) {
        expect(told).toBe("503 provider_unavailable");
        expect(wait).toBeGreaterThan(0);
      }
      const arrived = (await emulator.requests(REFRESHES)).length;
      while (attempts.length < arrived) attempts.push(second);
      await advanceClock(STEP_SECONDS);
    }
    expect(attempts).toEqual(attemptsAfter(random === 1 ? waits : shortest));
  },
);
