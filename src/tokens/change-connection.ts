import type { ProviderId } from "../providers/provider.ts";
import type { KeeperContext } from "./keeper-context.ts";
import { dueForKv } from "./publish-connection.ts";
import type { ConnectedRow, DeadRow, DisconnectedRow } from "./stored-rows.ts";

type Unmarked<Row> = Omit<Row, "revision" | "kvDue">;

/** Stores a connection's new state and marks that KV lacks it, in one synchronous block. */
export function changeConnection(
  ctx: KeeperContext,
  provider: ProviderId,
  row: Unmarked<ConnectedRow> | Unmarked<DeadRow> | Unmarked<DisconnectedRow>,
): void {
  const revision = (ctx.rows.connection(provider)?.revision ?? 0) + 1;
  ctx.rows.putConnection(provider, { ...row, revision, kvDue: dueForKv(ctx.now()) });
  ctx.planAlarm();
}
