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
 * row that is connected: what is dead, disconnected or erased stays so.
 */
export async function adoptNewerCopy(
  ctx: KeeperContext,
  provider: ProviderId,
  before: ConnectedRow,
): Promise<void> {
  const record = await readRecord(ctx.kv, ctx.owner, provider, ctx.now());
  if (!record || record.version <= before.version || record.refresh === null) return;
  const { version, access, refresh, expiresAt, lifetimeSeconds, scopes, sites } = record;
  const opened = await Promise.all([
    openRowToken(ctx, provider, record, "access"),
    openRowToken(ctx, provider, record, "refresh"),
  ]);
  const row = unchangedSince(ctx, provider, before);
  if (!row || opened.includes(undefined)) return;
  const refreshedAt = expiresAt - lifetimeSeconds * SECOND_MS;
  const copy = { version, access, refresh, expiresAt, lifetimeSeconds, scopes, sites, refreshedAt };
  changeConnection(ctx, provider, { ...row, ...copy, intent: null, backoff: null });
  logEvent("warn", "newer_copy_adopted", { provider });
}
