import type { OpenedSession } from "../session/session.ts";
import { newOwnerId } from "../shared/owner-id.ts";
import { FLOW_LIFETIME_MS, type FlowRecord, type LiveFlow } from "./flow-record.ts";

/** Whose flow it will be, and where that was taken from. */
export type FlowOwner = Pick<FlowRecord, "owner" | "ownerSince" | "startedUnder">;

/**
 * The owner of a new flow: the session's; else that of a flow under way in this browser, so that
 * tabs started before any session end in one; else a new one. What a flow passes on, it passes on
 * with where it had it from, and for ten minutes, after which the last one lives for ten more: a
 * dead session does not come back by way of a flow, and a copied flow cookie can't be kept alive.
 */
export function findOwner(
  session: OpenedSession | undefined,
  live: readonly LiveFlow[],
  nowMs: number,
): FlowOwner {
  if (session) {
    return { owner: session.owner, ownerSince: nowMs, startedUnder: session.idHash };
  }
  const heir = live.find(({ flow }) => nowMs < flow.ownerSince + FLOW_LIFETIME_MS);
  if (!heir) return { owner: newOwnerId(), ownerSince: nowMs, startedUnder: null };
  const { owner, ownerSince, startedUnder } = heir.flow;
  return { owner, ownerSince, startedUnder };
}
