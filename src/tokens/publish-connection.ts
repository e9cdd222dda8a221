import { PROVIDER_IDS, type ProviderId } from "../providers/provider.ts";
import { errorKind, logEvent } from "../shared/log-event.ts";
import { DAY_MS, MINUTE_MS, SECOND_MS } from "../shared/time.ts";
import { decodeEnvelope } from "../vault/envelope.ts";
import type { KeeperContext } from "./keeper-context.ts";
import { kvKey, type KvMetadata, type KvRecord } from "./kv-record.ts";
import type { ConnectionRow, KvDue } from "./stored-rows.ts";

/** How long after a commit the alarm looks whether KV has it. */
const FIRST_CHECK_MS = 10 * SECOND_MS;
const LONGEST_RETRY_MS = 10 * MINUTE_MS;

/** The mark that a commit leaves: KV lacks what was just stored. */
export function dueForKv(nowMs: number): KvDue {
  return { at: nowMs + FIRST_CHECK_MS, failures: 0 };
}

/** The mark after a KV write that failed. */
export function dueAgain({ failures }: KvDue, nowMs: number): KvDue {
  const wait = Math.min(FIRST_CHECK_MS * 2 ** failures, LONGEST_RETRY_MS);
  return { at: nowMs + wait, failures: failures + 1 };
}

/** Brings KV up to date with the rows. Never throws: what fails stays marked, for the alarm. */
export async function publishConnections(ctx: KeeperContext): Promise<void> {
  await Promise.all(
    PROVIDER_IDS.map((provider) =>
      ctx.publications.join(provider, () => publishConnection(ctx, provider)),
    ),
  );
}

/** One at a time for each record, until what was written is what is stored. */
async function publishConnection(ctx: KeeperContext, provider: ProviderId): Promise<void> {
  for (;;) {
    const row = ctx.rows.connection(provider);
    if (!row?.kvDue) return;
    try {
      await writeKv(ctx, provider, row);
    } catch (error) {
      logEvent("warn", "kv_write_failed", { provider, error: errorKind(error) });
      markDue(ctx, provider, dueAgain(row.kvDue, ctx.now()));
      return;
    }
    if (ctx.rows.connection(provider)?.revision === row.revision) markDue(ctx, provider, null);
  }
}

function markDue(ctx: KeeperContext, provider: ProviderId, kvDue: KvDue | null): void {
  const row = ctx.rows.connection(provider);
  if (!row) return;
  ctx.rows.putConnection(provider, { ...row, kvDue });
  ctx.planAlarm();
}

async function writeKv(ctx: KeeperContext, provider: ProviderId, row: ConnectionRow) {
  const key = kvKey(ctx.owner, provider);
  const owner = ctx.rows.owner();
  if (row.status !== "connected" || owner?.state !== "live") {
    await ctx.kv.delete(key);
    return;
  }
  const { version, expiresAt, lifetimeSeconds, scopes, sites, access, refresh } = row;
  const record: KvRecord = {
    version,
    session: owner.sessionHash,
    expiresAt,
    lifetimeSeconds,
    scopes,
    sites,
    access,
    refresh,
  };
  const keyId = decodeEnvelope(access)?.keyId ?? "";
  const metadata: KvMetadata = { version, keyId, expiresAt };
  // A safety net only, the same for every put: erasing is the object's work.
  const expirationTtl = ((ctx.sessionDays + 2) * DAY_MS) / SECOND_MS;
  await ctx.kv.put(key, JSON.stringify(record), { metadata, expirationTtl });
}
