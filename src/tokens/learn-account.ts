import type { ProviderId } from "../providers/provider.ts";
import type { KeeperContext } from "./keeper-context.ts";
import { lookUpConnection } from "./look-up-connection.ts";

/**
 * Looks up what is not known yet of a connection: whose it is, and its sites. What fails is tried
 * again at the next refresh and the next time that someone lists the connections.
 */
export async function learnAccount(ctx: KeeperContext, provider: ProviderId): Promise<void> {
  const client = ctx.clients[provider];
  const row = ctx.rows.connection(provider);
  if (!client || row?.status !== "connected") return;
  const hasSites = client.provider.sitesPath !== undefined;
  if (row.accountId !== null && (row.sites !== null || !hasSites)) return;
  await lookUpConnection(ctx, client, row);
}
