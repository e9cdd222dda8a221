import { runDurableObjectAlarm } from "cloudflare:test";
import { expect, test } from "vitest";
import { advanceClock } from "../../journeys/clock.ts";
import { emulator } from "../../journeys/journey-emulator.ts";
import { judgeRace } from "./judge-race.ts";
import { openRace, type Race, useRaces } from "./open-race.ts";
import { holdRequest } from "./race-holds.ts";
import { WORKS } from "./race-works.ts";
import { watchArrivals } from "./watch-arrivals.ts";
import { forceRefresh, readToken } from "../../journeys/read-token.ts";
import { REFRESHES } from "../../emulator/token-requests.ts";

useRaces();

/** What comes meanwhile and decides nothing. */
const EVENTS: Readonly<Record<string, (race: Race, token: string) => Promise<unknown>>> = {
  "the alarm": (race) => runDurableObjectAlarm(race.keeper()),
  "a caller": ({ person }) => person.call("GET", "/connections/jira/token"),
  "a forced refresh": ({ person }, token) => forceRefresh(person, "jira", token),
  "a listing": ({ person }) => person.call("GET", "/connections"),
};

const PAIRS = WORKS.flatMap((work) => Object.keys(EVENTS).map((event) => ({ work, event })));

test.each(PAIRS)("$work.name, and $event meanwhile", async ({ work, event }) => {
  const race = await openRace();
  const token = await readToken(race.person, "jira");
  const begin = await work.prepare(race);
  const hold = await work.hold();
  const working = begin();
  await hold.reached();
  const arrived = watchArrivals();
  const coming = EVENTS[event]?.(race, token) ?? Promise.reject(new Error("no such event"));
  // It may have to wait for the work: only that it has come is waited for.
  await arrived(coming);
  await hold.release();
  await Promise.all([working, coming]);
  await judgeRace(race, work.connects ? "dora" : "alice");
});

const BEHIND = "a refresh behind an answer";
const FORCED = "a forced refresh";

test.each([
  [BEHIND, FORCED],
  [FORCED, BEHIND],
])("%s, and %s meanwhile: one of them is sent", async (first) => {
  const race = await openRace();
  const token = await readToken(race.person, "jira");
  await advanceClock(3_600 - 200);
  const hold = await holdRequest(REFRESHES);
  const read = () => race.person.call("GET", "/connections/jira/token");
  const force = () => forceRefresh(race.person, "jira", token);
  const [begin, join] = first === FORCED ? [force, read] : [read, force];
  const begun = begin();
  await hold.reached();
  const arrived = watchArrivals();
  const coming = join();
  await arrived(coming);
  await hold.release();
  await Promise.all([begun, coming]);
  await expect.poll(async () => (await race.row("connection:jira")).version).toBe(2);
  expect(await emulator.requests(REFRESHES)).toHaveLength(1);
  await judgeRace(race, "alice");
});
