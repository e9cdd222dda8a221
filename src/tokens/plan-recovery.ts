import { MINUTE_MS } from "../shared/time.ts";
import type { Intent } from "./stored-rows.ts";

/** Within this time Atlassian takes a spent refresh token once more; Bitbucket probably does. */
const REUSE_LEEWAY_MS = 10 * MINUTE_MS;
const LAST_CHANCE_MS = REUSE_LEEWAY_MS - MINUTE_MS;

/** Whether the token of an attempt would still be taken if that attempt had spent it. */
export function isWithinLeeway({ at }: Intent, nowMs: number): boolean {
  return nowMs - at < REUSE_LEEWAY_MS;
}

/**
 * An attempt's intent, to be taken up by the alarm although nobody asks: as soon as may be, and
 * within the leeway once at any rate, for what is spent is lost afterwards. After the leeway a retry
 * gains nothing by being early: it waits for a caller.
 * @param earliest when the next attempt may be made
 */
export function planRecovery({ at }: Intent, earliest: number, nowMs: number): Intent {
  const instants = [earliest, at + LAST_CHANCE_MS].filter(
    (instant) => instant > nowMs && instant < at + REUSE_LEEWAY_MS,
  );
  return { at, recoverAt: instants.length > 0 ? Math.min(...instants) : null };
}
