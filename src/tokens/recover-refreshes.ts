import { PROVIDER_IDS, type ProviderId } from "../providers/provider.ts";
import type { KeeperContext } from "./keeper-context.ts";
import { refreshConnection } from "./refresh-connection.ts";

/** Takes up the refreshes whose outcome is unknown: at start-up and by the alarm. */
export async function recoverRefreshes(ctx: KeeperContext): Promise<void> {
  await Promise.all(PROVIDER_IDS.map((provider) => recoverRefresh(ctx, provider)));
}

async function recoverRefresh(ctx: KeeperContext, provider: ProviderId): Promise<void> {
  const row = ctx.rows.connection(provider);
  const isLeft = row?.status !== "connected" || !row.intent || row.intent.recoverAt === null;
  if (!isLeft) await refreshConnection(ctx, provider);
}
