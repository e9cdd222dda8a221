import { MINUTE_MS, SECOND_MS } from "../shared/time.ts";
import type { KvDue } from "./stored-rows.ts";

const FIRST_WAIT_MS = 10 * SECOND_MS;
const LONGEST_WAIT_MS = 10 * MINUTE_MS;
const LATE_WRITE_MS = MINUTE_MS;

/** The mark that a commit leaves, for the alarm to look after, should the publication not get through. */
export function dueAfterCommit(before: KvDue | null | undefined, nowMs: number): KvDue {
  const { failures = 0, mayLandLate = false } = before ?? {};
  return { at: nowMs + FIRST_WAIT_MS, failures, mayLandLate, isRepeat: false };
}

/** The mark after a KV write that failed. */
export function dueAfterFailure({ failures }: KvDue, nowMs: number): KvDue {
  const wait = Math.min(FIRST_WAIT_MS * 2 ** Math.min(failures, 10), LONGEST_WAIT_MS);
  return { at: nowMs + wait, failures: failures + 1, mayLandLate: true, isRepeat: false };
}

/**
 * The mark after a KV write that worked: none, or one more write when an earlier one may still
 * land. It must not have the last word.
 */
export function dueAfterSuccess({ mayLandLate, isRepeat }: KvDue, nowMs: number): KvDue | null {
  if (isRepeat || !mayLandLate) return null;
  return { at: nowMs + LATE_WRITE_MS, failures: 0, mayLandLate, isRepeat: true };
}

/** Whether there is something to write now. */
export function isDue(due: KvDue | null | undefined, nowMs: number): due is KvDue {
  return due ? !due.isRepeat || due.at <= nowMs : false;
}
