import type { Site } from "../oauth/look-up-account.ts";
import type { ProviderId } from "../providers/provider.ts";
import { MINUTE_MS } from "../shared/time.ts";
import type { KeeperContext } from "./keeper-context.ts";
import { isBeingLookedUp, lookUpConnection } from "./look-up-connection.ts";
import { publishConnection } from "./publish-connection.ts";

const INTERVAL_MS = MINUTE_MS;

/**
 * The sites of a connection, read afresh from the provider at most once a minute: for a caller who
 * names one that is not known. `null` when they are not known at all.
 */
export async function refreshSites(
  ctx: KeeperContext,
  provider: ProviderId,
): Promise<readonly Site[] | null> {
  const client = ctx.clients[provider];
  const row = ctx.rows.connection(provider);
  if (!client || row?.status !== "connected") return null;
  const now = ctx.now();
  // `abs`: the clock may have been set back since.
  const isDue = row.sitesAskedAt === null || Math.abs(now - row.sitesAskedAt) >= INTERVAL_MS;
  if (isDue) ctx.rows.putConnection(provider, { ...row, sitesAskedAt: now });
  // Whoever comes while they are read waits for them too.
  if (isDue || isBeingLookedUp(ctx, client, row)) {
    await lookUpConnection(ctx, client, row);
    ctx.background(publishConnection(ctx, provider));
  }
  const latest = ctx.rows.connection(provider);
  return latest?.status === "connected" ? latest.sites : null;
}
