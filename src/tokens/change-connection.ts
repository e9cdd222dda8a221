import type { ProviderId } from "../providers/provider.ts";
import { decodeEnvelope } from "../vault/envelope.ts";
import type { KeeperContext } from "./keeper-context.ts";
import { dueAfterCommit } from "./kv-due.ts";
import type { ConnectedRow, ConnectionRow, DeadRow, DisconnectedRow } from "./stored-rows.ts";

/** A row without what `changeConnection` itself notes in it. */
export type Unmarked<Row> = Omit<Row, "revision" | "kvDue" | "keySince">;

/**
 * Stores a connection's new state and marks that KV lacks it, in one synchronous block. An erased
 * owner has no connections, whoever began to change one before.
 */
export function changeConnection(
  ctx: KeeperContext,
  provider: ProviderId,
  row: Unmarked<ConnectedRow> | Unmarked<DeadRow> | Unmarked<DisconnectedRow>,
): void {
  if (ctx.rows.owner()?.state === "erased") return;
  const now = ctx.now();
  const before = ctx.rows.connection(provider);
  const revision = (before?.revision ?? 0) + 1;
  const marks = { revision, kvDue: dueAfterCommit(before?.kvDue, now) };
  const marked =
    row.status === "connected"
      ? { ...row, ...marks, keySince: keySince(before, row, now) }
      : { ...row, ...marks };
  ctx.rows.putConnection(provider, marked);
  ctx.planAlarm();
}

function keySince(
  before: ConnectionRow | undefined,
  { access }: Unmarked<ConnectedRow>,
  nowMs: number,
): number {
  if (before?.status !== "connected") return nowMs;
  const isSameKey = decodeEnvelope(before.access)?.keyId === decodeEnvelope(access)?.keyId;
  return isSameKey ? before.keySince : nowMs;
}
