import { PROVIDER_IDS, type ProviderId } from "../providers/provider.ts";
import type { KeeperContext } from "./keeper-context.ts";
import { isWithinLeeway } from "./plan-recovery.ts";
import { refreshConnection } from "./refresh-connection.ts";

/** Takes up the refreshes whose outcome is unknown: at start-up and by the alarm. */
export async function recoverRefreshes(ctx: KeeperContext): Promise<void> {
  await Promise.all(PROVIDER_IDS.map((provider) => recoverRefresh(ctx, provider)));
}

async function recoverRefresh(ctx: KeeperContext, provider: ProviderId): Promise<void> {
  const row = ctx.rows.connection(provider);
  if (row?.status !== "connected" || !row.intent || row.intent.recoverAt === null) return;
  if (isWithinLeeway(row.intent, ctx.now())) {
    await refreshConnection(ctx, provider);
  } else {
    // Whoever comes too late for the leeway gains nothing by being early: it waits for a caller.
    ctx.rows.putConnection(provider, { ...row, intent: { ...row.intent, recoverAt: null } });
    ctx.planAlarm();
  }
}
