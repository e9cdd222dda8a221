import type { Site } from "../oauth/look-up-account.ts";
import type { ProviderId } from "../providers/provider.ts";
import { MINUTE_MS, SECOND_MS } from "../shared/time.ts";
import type { KeeperContext } from "./keeper-context.ts";
import { isBeingLookedUp, lookUpConnection } from "./look-up-connection.ts";
import { publishConnection } from "./publish-connection.ts";
import type { NoToken } from "./token-answer.ts";

const INTERVAL_MS = MINUTE_MS;

/** The sites of a connection, or why nobody knows them. */
export type SitesAnswer = { readonly kind: "sites"; readonly sites: readonly Site[] } | NoToken;

/**
 * The sites of a connection, read afresh from the provider at most once a minute: for a caller who
 * names one that is not known.
 */
export async function refreshSites(ctx: KeeperContext, provider: ProviderId): Promise<SitesAnswer> {
  const client = ctx.clients[provider];
  const row = ctx.rows.connection(provider);
  if (client && row?.status === "connected") {
    const now = ctx.now();
    // `abs`: the clock may have been set back since.
    const isDue = row.sitesAskedAt === null || Math.abs(now - row.sitesAskedAt) >= INTERVAL_MS;
    if (isDue) ctx.rows.putConnection(provider, { ...row, sitesAskedAt: now });
    // Whoever comes while they are read waits for them too.
    if (isDue || isBeingLookedUp(ctx, client, row)) {
      await lookUpConnection(ctx, client, row);
      ctx.background(publishConnection(ctx, provider));
    }
  }
  const latest = ctx.rows.connection(provider);
  if (latest === undefined || latest.status === "disconnected") return { kind: "not_connected" };
  if (latest.status === "dead") return { kind: "reconnect_required" };
  if (latest.sites) return { kind: "sites", sites: latest.sites };
  return { kind: "provider_unavailable", retryAfterSeconds: INTERVAL_MS / SECOND_MS };
}
