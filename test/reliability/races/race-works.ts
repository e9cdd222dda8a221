import type { Race } from "./open-race.ts";
import { consent, expire, force, loseAnswer, losePut, putBack, rotate } from "./prepare-works.ts";
import { type Hold, holdKv, holdProof, holdRequest, holdSealing } from "./race-holds.ts";
import { EXCHANGES, REFRESHES } from "../../emulator/token-requests.ts";

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
