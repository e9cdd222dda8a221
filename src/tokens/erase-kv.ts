import { PROVIDER_IDS, type ProviderId } from "../providers/provider.ts";
import { errorKind, logEvent } from "../shared/log-event.ts";
import type { KeeperContext } from "./keeper-context.ts";
import { dueAfterFailure, dueAfterSuccess, isDue } from "./kv-due.ts";
import type { KvDue, Tombstone } from "./stored-rows.ts";
import { deleteRecord } from "./write-kv.ts";

/** Deletes an erased owner's KV records, after any publication that is still running. */
export async function eraseKv(ctx: KeeperContext): Promise<"deleted" | "pending"> {
  const owner = ctx.rows.owner();
  if (owner?.state !== "erased" || !isDue(owner.kvDue, ctx.now())) return "deleted";
  try {
    await Promise.all(PROVIDER_IDS.map((provider) => eraseRecord(ctx, provider)));
  } catch (error) {
    logEvent("warn", "kv_write_failed", { error: errorKind(error) });
    markTombstone(ctx, owner, dueAfterFailure(owner.kvDue, ctx.now()));
    return "pending";
  }
  markTombstone(ctx, owner, dueAfterSuccess(owner.kvDue, ctx.now()));
  return "deleted";
}

async function eraseRecord(ctx: KeeperContext, provider: ProviderId): Promise<void> {
  await ctx.publications.running(provider);
  await deleteRecord(ctx, provider);
}

function markTombstone(ctx: KeeperContext, tombstone: Tombstone, kvDue: KvDue | null): void {
  ctx.rows.putOwner({ ...tombstone, kvDue });
  ctx.planAlarm();
}
