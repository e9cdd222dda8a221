// When an owner's row has had its time. It names only what it needs of the row: scripts load it too.
import { DAY_MS } from "../shared/time.ts";

/** From when an owner counts as gone: not seen for SESSION_DAYS and a day more. */
export function idleEnd(owner: { readonly seenDay: number }, sessionDays: number): number {
  return (owner.seenDay + sessionDays + 2) * DAY_MS;
}

/** From when nothing can name an erased owner any more: every cookie of it has expired. */
export function tombstoneEnd(owner: { readonly erasedAt: number }, sessionDays: number): number {
  return owner.erasedAt + (sessionDays + 1) * DAY_MS;
}
