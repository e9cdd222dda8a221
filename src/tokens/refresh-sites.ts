import type { Site } from "../oauth/site.ts";
import type { ProviderId } from "../providers/provider.ts";
import { SECOND_MS } from "../shared/time.ts";
import type { KeeperContext } from "./keeper-context.ts";
import { isBeingLookedUp, lookUpConnection } from "./look-up-connection.ts";
import { publishConnection } from "./publish-connection.ts";
import type { NoToken } from "./token-answer.ts";
import { CALLER_INTERVAL_MS, wasLately } from "./was-lately.ts";

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
    const isDue = !wasLately(row.sitesAskedAt, now);
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
  return { kind: "provider_unavailable", retryAfterSeconds: CALLER_INTERVAL_MS / SECOND_MS };
}
