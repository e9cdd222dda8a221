import { DAY_MS } from "../shared/time.ts";
import type { LiveOwner, Tombstone } from "./stored-rows.ts";

/** From when an owner counts as gone: not seen for SESSION_DAYS and a day more. */
export function idleEnd({ seenDay }: LiveOwner, sessionDays: number): number {
  return (seenDay + sessionDays + 2) * DAY_MS;
}

/** From when nothing can name an erased owner any more: every cookie of it has expired. */
export function tombstoneEnd({ erasedAt }: Tombstone, sessionDays: number): number {
  return erasedAt + (sessionDays + 1) * DAY_MS;
}
