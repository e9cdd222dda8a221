import { abortAllDurableObjects, reset } from "cloudflare:test";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { askToken } from "../ask-token.ts";
import { advanceClock, useMovableClock } from "../../journeys/clock.ts";
import { emulator, useFreshEmulator } from "../../journeys/journey-emulator.ts";
import {
  connectWithKeptWrite,
  disconnectWithKeptDelete,
  givenUp,
  type KeptWrite,
  land,
  published,
  recordsInKv,
} from "./kept-write.ts";
import { shortenWriteDeadline } from "./kv-failures.ts";
import { type Browser, openBrowser } from "../../journeys/open-browser.ts";
import { forceRefresh, readToken } from "../../journeys/read-token.ts";
import { ringAlarm, secondsToAlarm } from "../ring-alarms.ts";
import { keeperOf, kvRecordOf } from "../../journeys/kv-copy.ts";

useFreshEmulator();
useMovableClock();
beforeEach(() => reset());
afterEach(() => void vi.restoreAllMocks());

const REPEAT_SECONDS = 60;

/** What happens before it lands, and what callers are told from then on. */
interface Change {
  readonly change: string;
  readonly make: (browser: Browser) => Promise<unknown>;
  readonly told: string;
  readonly records: number;
}

const TOKEN = "200 undefined";

const CHANGES: readonly Change[] = [
  {
    change: "a refresh",
    make: async (browser) => forceRefresh(browser, "jira", await readToken(browser, "jira")),
    told: TOKEN,
    records: 1,
  },
  {
    change: "a disconnect",
    make: (browser) => browser.call("DELETE", "/connections/jira"),
    told: "401 not_connected",
    records: 0,
  },
  {
    change: "an erasure",
    make: (browser) => browser.call("DELETE", "/session"),
    told: "401 not_connected",
    records: 0,
  },
  {
    change: "the grant's death",
    async make(browser) {
      await emulator.invalidateRefreshTokens({ provider: "jira" });
      await forceRefresh(browser, "jira", await readToken(browser, "jira"));
    },
    told: "401 reconnect_required",
    records: 0,
  },
  {
    change: "a consent of somebody else",
    make: (browser) => browser.connect("jira", { account: "bob" }),
    told: TOKEN,
    records: 1,
  },
  {
    change: "a disconnect and another consent",
    async make(browser) {
      await browser.call("DELETE", "/connections/jira");
      await browser.connect("jira", { account: "bob" });
    },
    told: TOKEN,
    records: 1,
  },
  {
    change: "a consent at the other provider",
    make: (browser) => browser.connect("bitbucket"),
    told: TOKEN,
    records: 2,
  },
];

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

test.each(FATES.flatMap((fate) => CHANGES.map((change) => ({ ...fate, ...change }))))(
  "a write that $fate and that lands after $change is not believed, and does not stay",
  async ({ meet, isRestarted, make, told, records }) => {
    const browser = openBrowser();
    await advanceClock(100);
    shortenWriteDeadline();
    const write = await connectWithKeptWrite(browser);
    await meet(write);
    vi.restoreAllMocks();
    await make(browser);
    await published(write);
    expect(await recordsInKv()).toHaveLength(records);

    await judgeLanding(browser, write, { told, isRestarted });
  },
);

test.each(FATES)(
  "a deletion that $fate and that lands after another consent is not believed, and is made good",
  async ({ meet, isRestarted }) => {
    const browser = openBrowser();
    await browser.connect("jira");
    await kvRecordOf("jira");
    await advanceClock(100);
    shortenWriteDeadline();
    const { write, answered } = await disconnectWithKeptDelete(browser);
    await meet(write);
    await answered;
    vi.restoreAllMocks();
    await browser.connect("jira", { account: "bob" });
    await published(write);
    expect(await recordsInKv()).toHaveLength(1);

    await judgeLanding(browser, write, { told: TOKEN, isRestarted });
    expect(await emulator.whose(await readToken(browser, "jira"))).toMatchObject({
      account: "bob",
    });
  },
);

/** What lands late changes what KV holds, until the next alarm, and never what callers are told. */
async function judgeLanding(
  browser: Browser,
  write: KeptWrite,
  { told, isRestarted }: { readonly told: string; readonly isRestarted: boolean },
): Promise<void> {
  const newest = await recordsInKv();
  await land(write);
  expect(await recordsInKv()).not.toEqual(newest);
  expect((await askToken(browser, "jira")).told).toBe(told);
  if (isRestarted) await abortAllDurableObjects();
  expect(await secondsToAlarm(keeperOf(write.key))).toBeLessThanOrEqual(REPEAT_SECONDS);
  await ringAlarm(keeperOf(write.key));
  expect(await recordsInKv()).toEqual(newest);
  expect((await askToken(browser, "jira")).told).toBe(told);
  expect(await secondsToAlarm(keeperOf(write.key))).toBeGreaterThan(REPEAT_SECONDS);
}
