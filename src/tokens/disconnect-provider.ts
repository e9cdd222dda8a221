import type { ProviderId } from "../providers/provider.ts";
import { logEvent } from "../shared/log-event.ts";
import { changeConnection } from "./change-connection.ts";
import type { KeeperContext } from "./keeper-context.ts";
import { publishConnections } from "./publish-connection.ts";

/**
 * Forgets a connection's tokens. Wins over a refresh and over a callback in flight, also where
 * there is nothing to forget yet.
 */
export async function disconnectProvider(ctx: KeeperContext, provider: ProviderId): Promise<void> {
  ctx.disconnects.set(provider, (ctx.disconnects.get(provider) ?? 0) + 1);
  const version = (ctx.rows.connection(provider)?.version ?? 0) + 1;
  changeConnection(ctx, provider, { status: "disconnected", version });
  logEvent("info", "disconnected", { provider });
  await publishConnections(ctx);
}
