import { abortAllDurableObjects, reset } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { askToken } from "./ask-token.ts";
import { advanceClock, useMovableClock } from "../journeys/clock.ts";
import { useFreshEmulator } from "../journeys/journey-emulator.ts";
import {
  connectWithKeptWrite,
  DECISIONS,
  givenUp,
  type KeptWrite,
  published,
  recordsInKv,
} from "./kept-write.ts";
import { shortenWriteDeadline } from "./kv-failures.ts";
import { openBrowser } from "../journeys/open-browser.ts";
import { ringAlarm, secondsToAlarm } from "./ring-alarms.ts";
import { keeperOf } from "../journeys/kv-copy.ts";

useFreshEmulator();
useMovableClock();
beforeEach(() => reset());
afterEach(() => void vi.restoreAllMocks());

const REPEAT_SECONDS = 60;

/** What becomes of a write before anything else is decided, and what happens once it has landed. */
const FATES: readonly {
  readonly fate: string;
  readonly meet: (write: KeptWrite) => Promise<unknown>;
  readonly isRestarted: boolean;
}[] = [
  { fate: "was given up", meet: givenUp, isRestarted: false },
  {
    fate: "was given up before a restart",
    meet: (write) => givenUp(write).then(abortAllDurableObjects),
    isRestarted: true,
  },
  { fate: "a restart cut short", meet: () => abortAllDurableObjects(), isRestarted: false },
];

test.each(FATES.flatMap((fate) => DECISIONS.map((decision) => ({ ...fate, ...decision }))))(
  "a write that $fate and that lands after $decision is not believed, and does not stay",
  async ({ meet, isRestarted, decide, told, records }) => {
    const browser = openBrowser();
    await advanceClock(100);
    shortenWriteDeadline();
    const write = await connectWithKeptWrite(browser);
    await meet(write);
    vi.restoreAllMocks();
    await decide(browser);
    await published(write);
    const newest = await recordsInKv();
    expect(newest).toHaveLength(records);

    await env.TOKENS.put(write.key, write.value);
    expect(await recordsInKv()).not.toEqual(newest);
    expect((await askToken(browser, "jira")).told).toBe(told);
    if (isRestarted) await abortAllDurableObjects();
    expect(await secondsToAlarm(keeperOf(write.key))).toBeLessThanOrEqual(REPEAT_SECONDS);
    await ringAlarm(keeperOf(write.key));
    expect(await recordsInKv()).toEqual(newest);
    expect((await askToken(browser, "jira")).told).toBe(told);
    expect(await secondsToAlarm(keeperOf(write.key))).toBeGreaterThan(REPEAT_SECONDS);
  },
);
