import type { ProviderId } from "../providers/provider.ts";
import { logEvent } from "../shared/log-event.ts";
import { changeConnection } from "./change-connection.ts";
import type { KeeperContext } from "./keeper-context.ts";
import { publishConnections } from "./publish-connection.ts";
import type { ConnectedRow } from "./stored-rows.ts";

/** Notes that only a new consent revives a connection. Its tokens go; whose it was stays to be shown. */
export function buryConnection(
  ctx: KeeperContext,
  provider: ProviderId,
  { version, accountId, sites, scopes, connectedAt }: ConnectedRow,
): "dead" {
  const facts = { accountId, sites, scopes, connectedAt };
  changeConnection(ctx, provider, { status: "dead", version: version + 1, ...facts });
  logEvent("warn", "connection_died", { provider });
  ctx.background(publishConnections(ctx));
  return "dead";
}
