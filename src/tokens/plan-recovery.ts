import { MINUTE_MS } from "../shared/time.ts";
import type { Intent } from "./stored-rows.ts";

/** Within this time Atlassian takes a spent refresh token once more; Bitbucket probably does. */
const REUSE_LEEWAY_MS = 10 * MINUTE_MS;
const LAST_CHANCE_MS = 9 * MINUTE_MS;
const LONG_WAIT_MS = 5 * MINUTE_MS;

/** Whether the token of an attempt would still be taken if that attempt had spent it. */
export function isWithinLeeway({ at }: Intent, nowMs: number): boolean {
  return nowMs - at < REUSE_LEEWAY_MS;
}

/**
 * An attempt's intent, to be taken up by the alarm although nobody asks: as soon as may be, and if
 * the provider wants a long wait that ends too late, once before the leeway does, for what is spent
 * is lost afterwards. After the leeway a retry gains nothing by being early: it waits for a caller.
 * @param earliest when the next attempt may be made
 */
export function planRecovery({ at }: Intent, earliest: number, nowMs: number): Intent {
  if (earliest < at + REUSE_LEEWAY_MS) return { at, recoverAt: earliest };
  const lastChance = at + LAST_CHANCE_MS;
  const isWorthIt = nowMs < lastChance && earliest - nowMs > LONG_WAIT_MS;
  return { at, recoverAt: isWorthIt ? lastChance : null };
}
