import { reset, runDurableObjectAlarm } from "cloudflare:test";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { askToken, statusOf } from "../ask-token.ts";
import { beginOutage, endOutage, refreshesTried } from "./begin-outage.ts";
import { advanceClock, useMovableClock } from "../../journeys/clock.ts";
import { browserAtRest } from "./browser-at-rest.ts";
import { LIFETIME_SECONDS } from "../lifetime-seconds.ts";
import { emulator, useFreshEmulator } from "../../journeys/journey-emulator.ts";
import { keeperOf, kvKeyOf, kvRecordOf } from "../../journeys/kv-copy.ts";
import { type Outage, OUTAGES_OF_BOTH } from "./outage.ts";
import { forceRefresh, readToken } from "../../journeys/read-token.ts";
import { alarmOf } from "../stored-in.ts";

useFreshEmulator();
useMovableClock();
beforeEach(() => reset());
afterEach(() => void vi.restoreAllMocks());

const FIRST_WAIT_SECONDS = 2;
const DAY_MS = 86_400_000;

/** The longest waits: chance takes nothing away. */
function leaveNothingToChance(): void {
  vi.spyOn(Math, "random").mockReturnValue(1);
}

/** How many refreshes were tried; nothing of them may have gone elsewhere. */
async function attempts(outage: Outage): Promise<number> {
  expect(await emulator.requests({ endpoint: "other", partial: true })).toEqual([]);
  return refreshesTried(outage);
}

test.each(OUTAGES_OF_BOTH)(
  "$provider, $what: a token that has not expired is handed out, whoever forces a refresh",
  async ({ provider, ...outage }) => {
    const browser = await browserAtRest(provider);
    const token = await readToken(browser, provider);
    await beginOutage(outage, { grantType: "refresh_token", times: "always" });
    const answer = await forceRefresh(browser, provider, token);
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({ access_token: token });
    expect(await emulator.whose(token)).toMatchObject({ alive: true });
    expect(await attempts(outage)).toBe(1);
    expect(await statusOf(browser, provider)).toBe("connected");
  },
);

test.each(OUTAGES_OF_BOTH)(
  "$provider, $what: a token that is about to end is handed out, whatever goes on behind it",
  async ({ provider, ...outage }) => {
    const browser = await browserAtRest(provider);
    const token = await readToken(browser, provider);
    await advanceClock(LIFETIME_SECONDS[provider] - 200);
    await beginOutage(outage, { grantType: "refresh_token", times: "always" });
    expect(await readToken(browser, provider)).toBe(token);
    await expect.poll(() => attempts(outage)).toBe(1);
    expect(await readToken(browser, provider)).toBe(token);
    expect(await emulator.whose(token)).toMatchObject({ alive: true });
    expect(await statusOf(browser, provider)).toBe("connected");
  },
);

test.each(OUTAGES_OF_BOTH)(
  "$provider, $what: an expired token is a wait that is kept to, and then all is well again",
  async ({ provider, ...outage }) => {
    const browser = await browserAtRest(provider);
    await advanceClock(LIFETIME_SECONDS[provider]);
    leaveNothingToChance();
    await beginOutage(outage, { grantType: "refresh_token", times: "always" });
    const first = await askToken(browser, provider);
    expect(first).toEqual({
      told: "503 provider_unavailable",
      wait: outage.asked ?? FIRST_WAIT_SECONDS,
    });
    await advanceClock(first.wait - 1);
    expect(await askToken(browser, provider)).toEqual({ ...first, wait: 1 });
    expect(await attempts(outage)).toBe(1);

    await advanceClock(1);
    const second = await askToken(browser, provider);
    expect(second.told).toBe(first.told);
    expect(await attempts(outage)).toBe(2);
    expect(await statusOf(browser, provider)).toBe("connected");

    await endOutage();
    await advanceClock(second.wait);
    const token = await readToken(browser, provider);
    expect(await emulator.whose(token)).toMatchObject({ alive: true });
    expect(await emulator.grants()).toHaveLength(1);
  },
);

test.each(OUTAGES_OF_BOTH.filter(({ isUnknown }) => isUnknown))(
  "$provider, $what: what may have been done is looked into by the alarm alone",
  async ({ provider, ...outage }) => {
    const browser = await browserAtRest(provider);
    const keeper = keeperOf(await kvKeyOf(provider));
    await advanceClock(LIFETIME_SECONDS[provider]);
    await beginOutage(outage, { grantType: "refresh_token", times: 1 });
    expect((await askToken(browser, provider)).told).toBe("503 provider_unavailable");
    await endOutage();

    const wait = ((await alarmOf(keeper)) ?? Infinity) - Date.now();
    expect(wait).toBeLessThanOrEqual((outage.asked ?? 60) * 1_000);
    await advanceClock(wait / 1_000);
    await runDurableObjectAlarm(keeper);
    await kvRecordOf(provider, ({ version }) => version === 2);
    expect(await emulator.whose(await readToken(browser, provider))).toMatchObject({ alive: true });
  },
);

test.each(OUTAGES_OF_BOTH.filter(({ isUnknown }) => !isUnknown))(
  "$provider, $what: what was certainly not done wakes nobody",
  async ({ provider, ...outage }) => {
    const browser = await browserAtRest(provider);
    const keeper = keeperOf(await kvKeyOf(provider));
    await advanceClock(LIFETIME_SECONDS[provider]);
    await beginOutage(outage, { grantType: "refresh_token", times: 1 });
    expect((await askToken(browser, provider)).told).toBe("503 provider_unavailable");
    expect(((await alarmOf(keeper)) ?? 0) - Date.now()).toBeGreaterThan(DAY_MS);
  },
);
