import { PROVIDER_IDS, type ProviderId } from "../providers/provider.ts";
import type { KeeperContext } from "./keeper-context.ts";
import { leaveToCallers } from "./leave-to-callers.ts";
import { refreshConnection } from "./refresh-connection.ts";

/** Takes up the refreshes whose outcome is unknown: at start-up and by the alarm. */
export async function recoverRefreshes(ctx: KeeperContext): Promise<void> {
  await Promise.all(PROVIDER_IDS.map((provider) => recoverRefresh(ctx, provider)));
}

async function recoverRefresh(ctx: KeeperContext, provider: ProviderId): Promise<void> {
  const row = ctx.rows.connection(provider);
  if (row?.status !== "connected" || !row.intent || row.intent.recoverAt === null) return;
  if (ctx.clients[provider]) await refreshConnection(ctx, provider);
  // The provider is not configured any more: there is nobody to ask.
  else leaveToCallers(ctx, provider, row);
}
