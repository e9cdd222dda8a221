import { PROVIDER_IDS, type ProviderId } from "../providers/provider.ts";
import { logEvent } from "../shared/log-event.ts";
import { eraseKv } from "./erase-kv.ts";
import type { KeeperContext } from "./keeper-context.ts";
import { dueAfterCommit, isDue } from "./kv-due.ts";

export interface ErasureReceipt {
  readonly object: "deleted";
  /** `pending`: KV did not take it yet; it is repeated until it does. */
  readonly kv: "deleted" | "pending";
  /** What there was to erase. */
  readonly connections: readonly ProviderId[];
}

/** Erases the owner for good: the tombstone first, then everything else, then what is in KV. */
export async function eraseOwner(ctx: KeeperContext): Promise<ErasureReceipt> {
  const now = ctx.now();
  const connections = PROVIDER_IDS.filter((provider) => {
    const row = ctx.rows.connection(provider);
    return row !== undefined && row.status !== "disconnected";
  });
  // A publication that is under way may land after the deletion.
  const kvDue = { ...dueAfterCommit(null, now), mayLandLate: true };
  ctx.rows.putOwner({ state: "erased", erasedAt: now, kvDue });
  for (const provider of PROVIDER_IDS) ctx.rows.deleteConnection(provider);
  ctx.planAlarm();
  logEvent("info", "erased");
  return { object: "deleted", kv: await eraseKv(ctx), connections };
}

/** The receipt for an owner who was erased before, by this very call when it got lost and came again. */
export function repeatReceipt(ctx: KeeperContext): ErasureReceipt | null {
  const owner = ctx.rows.owner();
  if (owner?.state !== "erased") return null;
  const kv = isDue(owner.kvDue, ctx.now()) ? "pending" : "deleted";
  return { object: "deleted", kv, connections: [] };
}
