import type { ProviderId } from "../providers/provider.ts";
import type { KeeperContext } from "./keeper-context.ts";
import { dueAfterCommit } from "./kv-due.ts";
import type { ConnectedRow, DeadRow, DisconnectedRow } from "./stored-rows.ts";

type Unmarked<Row> = Omit<Row, "revision" | "kvDue">;

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
  const before = ctx.rows.connection(provider);
  const revision = (before?.revision ?? 0) + 1;
  const kvDue = dueAfterCommit(before?.kvDue, ctx.now());
  ctx.rows.putConnection(provider, { ...row, revision, kvDue });
  ctx.planAlarm();
}
