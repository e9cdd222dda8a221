import { isDoubtOver } from "./plan-backoff.ts";
import type { ConnectedRow } from "./stored-rows.ts";

/**
 * Whether the provider has refused us for half an hour in the words for wrong credentials, ever
 * since an attempt that may have spent the refresh token: then it probably has. Only told, not
 * stored: should the token be good after all, it heals.
 */
export function isTakenForSpent({ intent, backoff }: ConnectedRow, nowMs: number): boolean {
  return (
    intent !== null && backoff !== null && intent.at <= backoff.since && isDoubtOver(backoff, nowMs)
  );
}
