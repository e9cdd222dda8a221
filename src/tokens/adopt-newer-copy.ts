import type { ProviderId } from "../providers/provider.ts";
import { logEvent } from "../shared/log-event.ts";
import { SECOND_MS } from "../shared/time.ts";
import { changeConnection } from "./change-connection.ts";
import type { KeeperContext } from "./keeper-context.ts";
import { openRowToken } from "./open-row-token.ts";
import { readRecord } from "./read-kv.ts";
import type { ConnectedRow } from "./stored-rows.ts";
import { unchangedSince } from "./unchanged-since.ts";

/**
 * Takes over the KV copy when it is newer than the object's own row: after a restore of the object
 * to an earlier point in time, the row's refresh token is spent and the copy's is not. Only for a
 * row that is connected: what is dead, disconnected or erased stays so; and only from the same
 * consent or a later one. Whether it did.
 */
export async function adoptNewerCopy(
  ctx: KeeperContext,
  provider: ProviderId,
  before: ConnectedRow,
): Promise<boolean> {
  const record = await readRecord(ctx.kv, ctx.owner, provider, ctx.now());
  if (!record || record.version <= before.version || record.refresh === null) return false;
  if (record.connectedAt < before.connectedAt) return false;
  const opened = await Promise.all([
    openRowToken(ctx, provider, record, "access"),
    openRowToken(ctx, provider, record, "refresh"),
  ]);
  const row = unchangedSince(ctx, provider, before);
  if (!row || opened.includes(undefined)) return false;
  // Field by field: whatever else is in KV stays there.
  const { version, access, refresh, expiresAt, lifetimeSeconds, scopes, sites, connectedAt } =
    record;
  const copy = { version, access, refresh, expiresAt, lifetimeSeconds, scopes, sites, connectedAt };
  changeConnection(ctx, provider, {
    ...row,
    ...copy,
    accountId: connectedAt === row.connectedAt ? row.accountId : null,
    refreshedAt: expiresAt - lifetimeSeconds * SECOND_MS,
    intent: null,
    backoff: null,
  });
  logEvent("warn", "newer_copy_adopted", { provider });
  return true;
}
