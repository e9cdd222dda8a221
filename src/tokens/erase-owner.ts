import { PROVIDER_IDS, type ProviderId } from "../providers/provider.ts";
import { errorKind, logEvent } from "../shared/log-event.ts";
import { DAY_MS } from "../shared/time.ts";
import type { KeeperContext } from "./keeper-context.ts";
import { dueAgain, dueForKv } from "./publish-connection.ts";
import type { OwnerRow } from "./stored-rows.ts";
import { deleteRecord } from "./write-kv.ts";

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
  ctx.rows.putOwner({ state: "erased", erasedAt: now, kvDue: dueForKv(now) });
  for (const provider of PROVIDER_IDS) ctx.rows.deleteConnection(provider);
  ctx.planAlarm();
  logEvent("info", "erased");
  return { object: "deleted", kv: await eraseKv(ctx), connections };
}

/** Deletes an erased owner's KV records, after any publication that is still running. */
export async function eraseKv(ctx: KeeperContext): Promise<"deleted" | "pending"> {
  const owner = ctx.rows.owner();
  if (owner?.state !== "erased" || !owner.kvDue) return "deleted";
  try {
    await Promise.all(PROVIDER_IDS.map((provider) => eraseRecord(ctx, provider)));
  } catch (error) {
    logEvent("warn", "kv_write_failed", { error: errorKind(error) });
    putTombstone(ctx, { ...owner, kvDue: dueAgain(owner.kvDue, ctx.now()) });
    return "pending";
  }
  putTombstone(ctx, { ...owner, kvDue: null });
  return "deleted";
}

async function eraseRecord(ctx: KeeperContext, provider: ProviderId): Promise<void> {
  await ctx.publications.running(provider);
  await deleteRecord(ctx, provider);
}

function putTombstone(ctx: KeeperContext, tombstone: OwnerRow): void {
  ctx.rows.putOwner(tombstone);
  ctx.planAlarm();
}

/** From when nothing can name an erased owner any more: every cookie of it has expired. */
export function tombstoneEnd(erasedAt: number, sessionDays: number): number {
  return erasedAt + (sessionDays + 1) * DAY_MS;
}
