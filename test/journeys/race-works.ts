import { runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { expect, vi } from "vitest";
import { advanceClock } from "./clock.ts";
import { emulator } from "./journey-emulator.ts";
import type { Race } from "./open-race.ts";
import {
  EXCHANGES,
  type Hold,
  holdKv,
  holdProof,
  holdRequest,
  holdSealing,
  kvPrototype,
  REFRESHES,
} from "./race-holds.ts";
import { forceRefresh, readToken } from "./read-token.ts";
import { restartWithNewKey } from "./restart-with-new-key.ts";

const HOUR_SECONDS = 3_600;
const DAY_SECONDS = 86_400;

/** Something that is under way while the person decides. */
export interface Work {
  readonly name: string;
  /** What must be there before; how the work then begins. */
  prepare(race: Race): Promise<() => Promise<unknown>>;
  hold(): Hold | Promise<Hold>;
  /** It is a consent of Dora's, who is connected when it is stored: */
  readonly connects?: "when it ends" | "before it is held";
  /** KV takes one write at a time for a key: whoever has to delete there waits. */
  readonly holdsUpDeletes?: true;
  readonly isAlarm?: true;
}

async function expire({ person }: Race) {
  await advanceClock(HOUR_SECONDS);
  return () => person.call("GET", "/connections/jira/token");
}

async function consent({ person }: Race) {
  const callback = await person.consent(await person.start("jira"), { account: "dora" });
  return () => person.arrive(callback);
}

async function force({ person }: Race) {
  const token = await readToken(person, "jira");
  return () => forceRefresh(person, "jira", token);
}

/** A refresh whose answer got lost, and an alarm that takes it up. */
async function loseAnswer(race: Race) {
  await emulator.fault({ ...REFRESHES, account: "alice", phase: "after", reset: true });
  race.interruptions += 1;
  await (
    await expire(race)
  )();
  await advanceClock(60);
  return ringAlarm(race);
}

/** A refresh that KV did not take, and an alarm that publishes it. */
async function losePut(race: Race) {
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
async function rotate(race: Race) {
  await restartWithNewKey(race.keeper());
  await advanceClock(DAY_SECONDS);
  return callAsOwner(race);
}

/** A row that was put back to before a refresh; its KV copy knows better. */
async function putBack(race: Race) {
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

const ofAlice = { ...REFRESHES, account: "alice" } as const;
const ofDora = { ...EXCHANGES, account: "dora" } as const;

export const WORKS: readonly Work[] = [
  { name: "a refresh on its way", prepare: expire, hold: () => holdRequest(ofAlice) },
  { name: "a refresh on its way back", prepare: expire, hold: () => holdRequest(ofAlice, "after") },
  { name: "a refresh before it is sent", prepare: expire, hold: holdProof },
  { name: "a refresh's tokens being sealed", prepare: force, hold: holdSealing },
  {
    name: "a code on its way",
    prepare: consent,
    hold: () => holdRequest(ofDora),
    connects: "when it ends",
  },
  {
    name: "a code's tokens on their way",
    prepare: consent,
    hold: () => holdRequest(ofDora, "after"),
    connects: "when it ends",
  },
  {
    name: "a code's tokens being sealed",
    prepare: consent,
    hold: holdSealing,
    connects: "when it ends",
  },
  {
    name: "a lookup of sites",
    prepare: consent,
    hold: () => holdRequest({ endpoint: "sites", account: "dora" }),
    connects: "before it is held",
  },
  {
    name: "a lookup of the account",
    prepare: consent,
    hold: () => holdRequest({ endpoint: "identity", account: "dora" }),
    connects: "before it is held",
  },
  { name: "a publication", prepare: force, hold: () => holdKv("put"), holdsUpDeletes: true },
  {
    name: "an alarm that recovers",
    prepare: loseAnswer,
    hold: () => holdRequest(ofAlice),
    isAlarm: true,
  },
  {
    name: "an alarm that publishes",
    prepare: losePut,
    hold: () => holdKv("put"),
    holdsUpDeletes: true,
    isAlarm: true,
  },
  { name: "a sealing under a new key", prepare: rotate, hold: holdSealing },
  { name: "an adoption of a newer copy", prepare: putBack, hold: () => holdKv("get") },
];
