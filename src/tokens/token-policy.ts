// When a token is good enough to hand out. Pure functions of the row and the clock.
import { MINUTE_MS, SECOND_MS } from "../shared/time.ts";

const MIN_USABLE_SECONDS = 60;
const REFRESH_AHEAD_SECONDS = 600;
/** How far two clocks that are right may be apart. */
export const CLOCK_SKEW_MS = MINUTE_MS;

/** When a token ends and for how long it was issued. */
export interface TokenLife {
  readonly expiresAt: number;
  readonly lifetimeSeconds: number;
}

/**
 * Whether a token may be handed out without asking for a newer one: usable for at least 60 more
 * seconds, or, when it was issued for under two minutes, for half its lifetime.
 */
export function isFresh(life: TokenLife, nowMs: number): boolean {
  const neededSeconds = Math.min(MIN_USABLE_SECONDS, life.lifetimeSeconds / 2);
  return life.expiresAt - nowMs >= neededSeconds * SECOND_MS && isCredible(life, nowMs);
}

/**
 * Whether a token has no more time left than it was issued for. Otherwise another clock than ours
 * now wrote its end, or somebody else did.
 */
export function isCredible({ expiresAt, lifetimeSeconds }: TokenLife, nowMs: number): boolean {
  return expiresAt <= nowMs + lifetimeSeconds * SECOND_MS + CLOCK_SKEW_MS;
}

/** Whether it is time to refresh behind the answer: ten minutes, or a tenth of the lifetime, left. */
export function isEnding({ expiresAt, lifetimeSeconds }: TokenLife, nowMs: number): boolean {
  const aheadSeconds = Math.min(REFRESH_AHEAD_SECONDS, lifetimeSeconds / 10);
  return expiresAt - nowMs < aheadSeconds * SECOND_MS;
}

export function isUnexpired({ expiresAt }: TokenLife, nowMs: number): boolean {
  return expiresAt > nowMs;
}
