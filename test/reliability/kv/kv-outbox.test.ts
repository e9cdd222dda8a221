import { abortAllDurableObjects, reset, runDurableObjectAlarm } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { advanceClock, DAY_SECONDS, HOUR_SECONDS, useMovableClock } from "../../journeys/clock.ts";
import { useFreshEmulator } from "../../journeys/journey-emulator.ts";
import { keeperOf, kvKeyOf, kvRecordOf } from "../../journeys/kv-copy.ts";
import { failWrites, keysWritten, WRITE_FAILURES } from "./kv-failures.ts";
import { type Browser, openBrowser } from "../../journeys/open-browser.ts";
import { ringAlarm, secondsToAlarm } from "../ring-alarms.ts";
import { storedIn } from "../stored-in.ts";
import { until } from "../until.ts";

useFreshEmulator();
useMovableClock();
beforeEach(() => reset());
afterEach(() => void vi.restoreAllMocks());

const FLOW_SECONDS = 600;
const REPEAT_SECONDS = 60;
const WAITS = [10, 20, 40, 80, 160, 320, 600, 600, 600, 600, 600];

/** What KV has to learn of, and what it holds when it did. */
const CHANGES: readonly {
  readonly change: string;
  readonly make: (browser: Browser) => Promise<unknown>;
  readonly waits: readonly number[];
  readonly records: number;
}[] = [
  { change: "connect", make: connectUnpublished, waits: WAITS, records: 1 },
  {
    change: "disconnect",
    make: (browser) => browser.call("DELETE", "/connections/jira"),
    waits: WAITS,
    records: 0,
  },
  {
    change: "erasure",
    make: (browser) => browser.call("DELETE", "/session"),
    waits: WAITS,
    records: 0,
  },
];

/** Until the failure is noted: what is interrupted before it counts as not begun. */
async function connectUnpublished(browser: Browser): Promise<void> {
  await browser.connect("jira");
  await until(async () => (await failuresNoted()) > 0);
}

async function failuresNoted(): Promise<number> {
  const [key] = keysWritten();
  if (key === undefined) return 0;
  const row = await storedIn(keeperOf(key), "connection:jira");
  return (row as { kvDue: { failures: number } }).kvDue.failures;
}

const RESTARTS = [
  { when: "", isRestarted: false },
  { when: ", with a restart before every alarm", isRestarted: true },
];

test.each(
  CHANGES.flatMap((change) =>
    WRITE_FAILURES.flatMap((failure) =>
      RESTARTS.map((restart) => ({ ...change, ...failure, ...restart })),
    ),
  ),
)(
  "a KV that $failure for an hour learns of the $change by the alarm alone$when",
  async ({ change, make, waits, records, answer, isRestarted }) => {
    const browser = openBrowser();
    await advanceClock(100);
    if (change !== "connect") {
      await browser.connect("jira");
      await kvRecordOf("jira");
      // The used flow is forgotten: it asks for no alarm in between.
      await advanceClock(FLOW_SECONDS);
      await runDurableObjectAlarm(keeperOf(await kvKeyOf("jira")));
    }
    failWrites(answer);
    await make(browser);
    const [key = ""] = keysWritten().filter((written) => written.endsWith(":jira"));

    const rung: number[] = [];
    for (let seconds = 0; seconds < HOUR_SECONDS; seconds += rung.at(-1) ?? 0) {
      if (isRestarted) await abortAllDurableObjects();
      rung.push((await ringAlarm(keeperOf(key))) ?? Infinity);
    }
    expect(rung).toEqual(waits);
    // Once at first, once an alarm.
    expect(keysWritten().filter((written) => written === key)).toHaveLength(rung.length + 1);

    vi.restoreAllMocks();
    expect(await ringAlarm(keeperOf(key))).toBe(600);
    expect((await env.TOKENS.list()).keys).toHaveLength(records);
    expect(await ringAlarm(keeperOf(key))).toBe(REPEAT_SECONDS);
    expect((await env.TOKENS.list()).keys).toHaveLength(records);
    expect(await secondsToAlarm(keeperOf(key))).toBeGreaterThan(DAY_SECONDS);
  },
);

test.each(WRITE_FAILURES)(
  "a KV that $failure for one provider's record takes the other's at once, and once",
  async ({ answer }) => {
    const browser = openBrowser();
    await advanceClock(100);
    failWrites(answer, (key) => key.endsWith(":jira"));
    await browser.connect("jira");
    await browser.connect("bitbucket");
    await kvRecordOf("bitbucket");
    const [key = ""] = keysWritten();
    for (const _ of [1, 2, 3]) {
      await ringAlarm(keeperOf(key));
    }
    const ofTheOther = keysWritten().filter((written) => written.endsWith(":bitbucket"));
    expect(ofTheOther).toHaveLength(1);
    expect((await env.TOKENS.list()).keys).toHaveLength(1);

    vi.restoreAllMocks();
    await ringAlarm(keeperOf(key));
    expect((await env.TOKENS.list()).keys).toHaveLength(2);
  },
);
