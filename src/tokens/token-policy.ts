// When a token is good enough to hand out. Pure functions of the row and the clock.
import { SECOND_MS } from "../shared/time.ts";

const MIN_USABLE_SECONDS = 60;
const REFRESH_AHEAD_SECONDS = 600;

/** When a token ends and for how long it was issued. */
export interface TokenLife {
  readonly expiresAt: number;
  readonly lifetimeSeconds: number;
}

/**
 * Whether a token may be handed out without asking for a newer one: usable for at least 60 more
 * seconds, or, when it was issued for under two minutes, for half its lifetime.
 */
export function isFresh({ expiresAt, lifetimeSeconds }: TokenLife, nowMs: number): boolean {
  const neededSeconds = Math.min(MIN_USABLE_SECONDS, lifetimeSeconds / 2);
  return expiresAt - nowMs >= neededSeconds * SECOND_MS;
}

/** Whether it is time to refresh behind the answer: ten minutes, or a tenth of the lifetime, left. */
export function isEnding({ expiresAt, lifetimeSeconds }: TokenLife, nowMs: number): boolean {
  const aheadSeconds = Math.min(REFRESH_AHEAD_SECONDS, lifetimeSeconds / 10);
  return expiresAt - nowMs < aheadSeconds * SECOND_MS;
}

export function isUnexpired({ expiresAt }: TokenLife, nowMs: number): boolean {
  return expiresAt > nowMs;
}
