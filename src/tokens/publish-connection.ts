import { PROVIDER_IDS, type ProviderId } from "../providers/provider.ts";
import { errorKind, logEvent } from "../shared/log-event.ts";
import { adoptNewerCopy } from "./adopt-newer-copy.ts";
import type { KeeperContext } from "./keeper-context.ts";
import { dueAfterFailure, dueAfterSuccess, isDue } from "./kv-due.ts";
import type { ConnectionRow, KvDue } from "./stored-rows.ts";
import { deleteRecord, putRecord } from "./write-kv.ts";

/** Brings KV up to date with the rows. Never throws: what fails stays marked, for the alarm. */
export async function publishConnections(ctx: KeeperContext): Promise<void> {
  await Promise.all(PROVIDER_IDS.map((provider) => publishConnection(ctx, provider)));
}

/** Waits for a publication under way, which may have looked already, before it joins or starts one. */
export async function publishConnection(ctx: KeeperContext, provider: ProviderId): Promise<void> {
  await ctx.publications.running(provider);
  await ctx.publications.join(provider, () => writeUntilCurrent(ctx, provider));
}

/** One at a time for each record, until what was written is what is stored. */
async function writeUntilCurrent(ctx: KeeperContext, provider: ProviderId): Promise<void> {
  for (;;) {
    const row = ctx.rows.connection(provider);
    if (!row || !isDue(row.kvDue, ctx.now())) return;
    // After a restore KV may know more than the row does: that must not be overwritten.
    if (row.status === "connected" && (await adoptNewerCopy(ctx, provider, row))) continue;
    try {
      await writeKv(ctx, provider, row);
    } catch (error) {
      logEvent("warn", "kv_write_failed", { provider, error: errorKind(error) });
      noteFailure(ctx, provider, row.revision);
      return;
    }
    const latest = ctx.rows.connection(provider);
    if (latest?.revision === row.revision) {
      mark(ctx, provider, latest, dueAfterSuccess(row.kvDue, ctx.now()));
      return;
    }
  }
}

/** A commit made meanwhile keeps its own time, but learns that a write may still land late. */
function noteFailure(ctx: KeeperContext, provider: ProviderId, revision: number): void {
  const row = ctx.rows.connection(provider);
  if (!row?.kvDue) return;
  const { at, ...failed } = dueAfterFailure(row.kvDue, ctx.now());
  mark(ctx, provider, row, { ...failed, at: row.revision === revision ? at : row.kvDue.at });
}

function mark(
  ctx: KeeperContext,
  provider: ProviderId,
  row: ConnectionRow,
  kvDue: KvDue | null,
): void {
  ctx.rows.putConnection(provider, { ...row, kvDue });
  ctx.planAlarm();
}

async function writeKv(ctx: KeeperContext, provider: ProviderId, row: ConnectionRow) {
  const owner = ctx.rows.owner();
  if (row.status !== "connected" || owner?.state !== "live") return deleteRecord(ctx, provider);
  const { version, expiresAt, lifetimeSeconds, scopes, sites, access, refresh, keySince } = row;
  const { connectedAt } = row;
  const life = { expiresAt, lifetimeSeconds };
  const session = owner.sessionHash;
  const record = { version, session, connectedAt, ...life, scopes, sites, access, refresh };
  return putRecord(ctx, provider, record, keySince);
}
