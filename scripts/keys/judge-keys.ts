import { utcDay } from "../../src/shared/time.ts";
import { idleEnd } from "../../src/tokens/owner-ends.ts";
import type { KeyRecords } from "./read-records.ts";

export interface Verdict {
  /** The one that seals now first, then by id. */
  readonly keys: readonly KeyRecords[];
  /** `undefined`: there are no records. */
  readonly sealing?: {
    readonly keyId: string;
    readonly since: number;
    /** From when what this key replaced may go, if nothing is left under it. */
    readonly replacedMayGoFrom: number;
  };
}

/**
 * Which key seals now, since when, and from when what it replaced may go. By then every owner was
 * either seen, which seals anew, or forgotten, and every session cookie under a replaced key has
 * expired: an owner who was last seen on the day of the replacement is forgotten at this instant.
 */
export function judgeKeys(keys: readonly KeyRecords[], sessionDays: number): Verdict {
  const [sealing, ...others] = keys.toSorted((a, b) => newest(b) - newest(a));
  const latest = sealing?.since.at(-1);
  if (!sealing || latest === undefined) return { keys };
  // A key that came back has records of its first time too: they are older than what it replaced.
  const lastOfOthers = others[0] ? newest(others[0]) : 0;
  const since = sealing.since.find((instant) => instant > lastOfOthers) ?? latest;
  const replacedMayGoFrom = idleEnd({ seenDay: utcDay(since) }, sessionDays);
  return {
    keys: [sealing, ...others.toSorted(byId)],
    sealing: { keyId: sealing.keyId, since, replacedMayGoFrom },
  };
}

function newest({ since }: KeyRecords): number {
  return since.at(-1) ?? 0;
}

function byId(a: KeyRecords, b: KeyRecords): number {
  return a.keyId < b.keyId ? -1 : 1;
}
