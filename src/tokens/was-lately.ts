import { MINUTE_MS } from "../shared/time.ts";

/** For what a caller may cause once a minute for a connection. */
export const CALLER_INTERVAL_MS = MINUTE_MS;

/** Whether it was done less than that ago. `abs`: the clock may have been set back since. */
export function wasLately(at: number | null, nowMs: number): boolean {
  return at !== null && Math.abs(nowMs - at) < CALLER_INTERVAL_MS;
}
