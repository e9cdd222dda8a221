import { runDurableObjectAlarm } from "cloudflare:test";
import { expect, test } from "vitest";
import { advanceClock, DAY_SECONDS } from "../../journeys/clock.ts";
import { judgeRace } from "./judge-race.ts";
import { openRace, type Race, useRaces } from "./open-race.ts";
import { DECISIONS } from "./race-decisions.ts";
import { holdKv, holdRequest } from "./race-holds.ts";
import { forceRefresh, readToken } from "../../journeys/read-token.ts";
import { watchArrivals } from "./watch-arrivals.ts";
import { EXCHANGES, REFRESHES } from "../../emulator/token-requests.ts";

useRaces();

/** Their last call is 29 days ago: the session is still good, the end is not far. */
async function openIdleRace() {
  const race = await openRace();
  await advanceClock(29 * DAY_SECONDS);
  await readToken(race.stranger, "jira");
  return race;
}

/** What the object's alarm was set to, before anyone was seen again. */
async function ringAtIdleEnd(race: Race) {
  await advanceClock(3 * DAY_SECONDS);
  return runDurableObjectAlarm(race.keeper());
}

async function askAsOwner({ keeper, row }: Race) {
  const { sessionId = "" } = await row("owner");
  return () => keeper().readToken("jira", sessionId);
}

test("a caller who was just seen is not erased, however long the answer takes", async () => {
  const race = await openIdleRace();
  const hold = await holdRequest({ ...REFRESHES, provider: "jira" });
  const reading = readToken(race.person, "jira");
  await hold.reached();
  const arrived = watchArrivals();
  const ringing = ringAtIdleEnd(race);
  await arrived(ringing);
  await hold.release();
  await Promise.all([reading, ringing]);
  await judgeRace(race, "alice");
});

test("a caller who comes while an idle owner is erased gets nothing", async () => {
  const race = await openIdleRace();
  const ask = await askAsOwner(race);
  const hold = holdKv("delete");
  const ringing = ringAtIdleEnd(race);
  await hold.reached();
  expect((await ask()).answer).toEqual({ kind: "not_connected" });
  await hold.release();
  await ringing;
  await judgeRace(race, "erased");
});

/** What the person still has under way when nobody saw them for long; their session is none by then. */
const LATE_CALLS: readonly (readonly [
  string,
  (race: Race, sessionId: string) => Promise<unknown>,
])[] = [
  ["a disconnect", ({ keeper }, id) => keeper().disconnectProvider("jira", id)],
  ["forget me", ({ keeper }, id) => keeper().eraseOwner(id)],
];

test.each(LATE_CALLS)("%s that comes while an idle owner is erased", async (_, call) => {
  const race = await openIdleRace();
  const { sessionId = "" } = await race.row("owner");
  const hold = holdKv("delete");
  const ringing = ringAtIdleEnd(race);
  await hold.reached();
  const called = watchArrivals();
  const calling = call(race, sessionId);
  await called(calling);
  await hold.release();
  expect(await calling).toMatchObject({ session: null });
  await ringing;
  await judgeRace(race, "erased");
});

test.each(DECISIONS.filter(({ stored }) => stored))(
  "an idle owner's end comes while $name is under way",
  async (decision) => {
    const race = await openIdleRace();
    const held = await decision.hold();
    const made = decision.make(race);
    await held.reached();
    await decision.stored?.(race);
    const arrived = watchArrivals();
    const ringing = ringAtIdleEnd(race);
    await arrived(ringing);
    await held.release();
    await Promise.all([made, ringing]);
    await judgeRace(race, decision.leaves);
  },
);

test("a publication under way when an idle owner is erased does not outlive them", async () => {
  const race = await openRace();
  const token = await readToken(race.person, "jira");
  const hold = holdKv("put");
  await forceRefresh(race.person, "jira", token);
  await hold.reached();
  await advanceClock(29 * DAY_SECONDS);
  await readToken(race.stranger, "jira");
  const ringing = ringAtIdleEnd(race);
  await expect.poll(async () => (await race.row("owner")).state).toBe("erased");
  await hold.release();
  await ringing;
  await judgeRace(race, "erased");
});

test("a callback in flight does not bring back an owner who was erased for being idle", async () => {
  const race = await openIdleRace();
  const { person } = race;
  const callback = await person.consent(await person.start("jira"), { account: "dora" });
  const hold = await holdRequest({ ...EXCHANGES, account: "dora" }, "after");
  const arrival = person.arrive(callback);
  await hold.reached();
  await ringAtIdleEnd(race);
  await hold.release();
  expect((await arrival).status).toBe(400);
  await judgeRace(race, "erased");
});

test("a callback that was stored in time keeps its owner", async () => {
  const race = await openIdleRace();
  const { person } = race;
  const callback = await person.consent(await person.start("jira"), { account: "dora" });
  const hold = await holdRequest({ endpoint: "sites", account: "dora" });
  const arrival = person.arrive(callback);
  await hold.reached();
  const arrived = watchArrivals();
  const ringing = ringAtIdleEnd(race);
  await arrived(ringing);
  await hold.release();
  expect((await arrival).status).toBe(303);
  await ringing;
  await judgeRace(race, "dora");
});
