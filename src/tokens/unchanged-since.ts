import type { ProviderId } from "../providers/provider.ts";
import type { KeeperContext } from "./keeper-context.ts";
import type { ConnectedRow } from "./stored-rows.ts";

/** The row as it is now, if nobody decided anything about this connection since `before`. */
export function unchangedSince(
  ctx: KeeperContext,
  provider: ProviderId,
  before: ConnectedRow,
): ConnectedRow | undefined {
  const row = ctx.rows.connection(provider);
  return row?.status === "connected" && row.version === before.version ? row : undefined;
}
