// What has to be there before a work can begin; each says how it then begins.
import { runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { expect, vi } from "vitest";
import { advanceClock, DAY_SECONDS, HOUR_SECONDS } from "../../journeys/clock.ts";
import { emulator } from "../../journeys/journey-emulator.ts";
import type { Race } from "./open-race.ts";
import { forceRefresh, readToken } from "../../journeys/read-token.ts";
import { restartWithNewKey } from "./restart-with-new-key.ts";
import { REFRESHES } from "../../emulator/token-requests.ts";
import { kvPrototype } from "../../journeys/kv-copy.ts";

export async function expire({ person }: Race) {
  await advanceClock(HOUR_SECONDS);
  return () => person.call("GET", "/connections/jira/token");
}

export async function consent({ person }: Race) {
  const callback = await person.consent(await person.start("jira"), { account: "dora" });
  return () => person.arrive(callback);
}

export async function force({ person }: Race) {
  const token = await readToken(person, "jira");
  return () => forceRefresh(person, "jira", token);
}

/** A refresh whose answer got lost, and an alarm that takes it up. */
export async function loseAnswer(race: Race) {
  await emulator.fault({ ...REFRESHES, account: "alice", phase: "after", reset: true });
  race.interruptions += 1;
  await (
    await expire(race)
  )();
  await advanceClock(60);
  return ringAlarm(race);
}

/** A refresh that KV did not take, and an alarm that publishes it. */
export async function losePut(race: Race) {
  vi.spyOn(kvPrototype, "put").mockRejectedValueOnce(new Error("KV is down"));
  await (
    await force(race)
  )();
  const failures = async () => (await race.row("connection:jira")).kvDue?.failures;
  await expect.poll(failures).toBe(1);
  vi.restoreAllMocks();
  return ringAlarm(race);
}

function ringAlarm(race: Race) {
  return () => runDurableObjectAlarm(race.keeper());
}

/** The first call of a day finds tokens under a key that is not the first any more. */
export async function rotate(race: Race) {
  await restartWithNewKey();
  await advanceClock(DAY_SECONDS);
  return callAsOwner(race);
}

/** A row that was put back to before a refresh; its KV copy knows better. */
export async function putBack(race: Race) {
  const before = await race.row("connection:jira");
  await (
    await force(race)
  )();
  await expect.poll(async () => (await race.row("connection:jira")).kvDue).toBe(null);
  await runInDurableObject(race.keeper(), (_, { storage }) =>
    storage.kv.put("connection:jira", before),
  );
  await advanceClock(HOUR_SECONDS);
  return callAsOwner(race);
}

/** Asks the object itself: the edge would seal a cookie and read KV, too. */
async function callAsOwner(race: Race) {
  const { sessionId = "" } = await race.row("owner");
  return () => race.keeper().readToken("jira", sessionId);
}
