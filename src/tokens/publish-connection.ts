import { PROVIDER_IDS, type ProviderId } from "../providers/provider.ts";
import { errorKind, logEvent } from "../shared/log-event.ts";
import { MINUTE_MS, SECOND_MS } from "../shared/time.ts";
import type { KeeperContext } from "./keeper-context.ts";
import type { ConnectionRow, KvDue } from "./stored-rows.ts";
import { deleteRecord, putRecord } from "./write-kv.ts";

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
  const owner = ctx.rows.owner();
  if (row.status !== "connected" || owner?.state !== "live") return deleteRecord(ctx, provider);
  const { version, expiresAt, lifetimeSeconds, scopes, sites, access, refresh } = row;
  const life = { expiresAt, lifetimeSeconds };
  const session = owner.sessionHash;
  return putRecord(ctx, provider, { version, session, ...life, scopes, sites, access, refresh });
}
