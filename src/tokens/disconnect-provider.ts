import type { ProviderId } from "../providers/provider.ts";
import { logEvent } from "../shared/log-event.ts";
import { changeConnection } from "./change-connection.ts";
import type { KeeperContext } from "./keeper-context.ts";
import { publishConnections } from "./publish-connection.ts";

/** Forgets a connection's tokens. Wins over a refresh in flight; nothing to forget is as good. */
export async function disconnectProvider(ctx: KeeperContext, provider: ProviderId): Promise<void> {
  const row = ctx.rows.connection(provider);
  if (!row || row.status === "disconnected") return;
  changeConnection(ctx, provider, { status: "disconnected", version: row.version + 1 });
  logEvent("info", "disconnected", { provider });
  await publishConnections(ctx);
}
