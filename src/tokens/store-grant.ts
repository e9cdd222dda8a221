import type { Granted } from "../oauth/request-token.ts";
import type { ProviderClient } from "../providers/provider-client.ts";
import { PROVIDER_IDS, type ProviderId } from "../providers/provider.ts";
import { logEvent } from "../shared/log-event.ts";
import { randomId } from "../shared/random-id.ts";
import { sha256 } from "../shared/sha256.ts";
import { SECOND_MS } from "../shared/time.ts";
import { changeConnection, type Unmarked } from "./change-connection.ts";
import type { KeeperContext } from "./keeper-context.ts";
import { sealTokens } from "./sealed-tokens.ts";
import { supersede } from "./session-claim.ts";
import type { ConnectedRow, ConnectionRow } from "./stored-rows.ts";

/**
 * Stores what a consent granted, under a new session. Whatever was connected before is replaced.
 * @param isOvertaken whether the person decided otherwise meanwhile; asked right before the commit
 * @returns whether it was stored
 */
export async function storeGrant(
  ctx: KeeperContext,
  client: ProviderClient,
  granted: Granted,
  isOvertaken: () => boolean,
): Promise<boolean> {
  const provider = client.provider.id;
  const row = await sealGrant(ctx, client, granted);
  const sessionId = randomId();
  const sessionHash = await sha256(sessionId);
  // From here on no await: the whole connect is stored or nothing of it.
  const owner = ctx.rows.owner();
  if (owner?.state === "erased" || isOvertaken()) return false;
  if (row.version !== nextVersion(ctx.rows.connection(provider))) {
    return storeGrant(ctx, client, granted, isOvertaken);
  }
  ctx.rows.putOwner(supersede(owner, { sessionId, sessionHash }, ctx.now()));
  changeConnection(ctx, provider, row);
  republishOthers(ctx, provider);
  logEvent("info", "connected", { provider });
  return true;
}

async function sealGrant(
  ctx: KeeperContext,
  client: ProviderClient,
  { grant, requestedAt }: Granted,
) {
  const provider = client.provider.id;
  const version = nextVersion(ctx.rows.connection(provider));
  const place = { owner: ctx.owner, provider, version };
  const tokens = await sealTokens(
    ctx.keyring,
    place,
    grant.accessToken,
    grant.refreshToken ?? null,
  );
  return {
    ...tokens,
    status: "connected",
    version,
    accountId: null,
    sites: null,
    // RFC 6749 section 5.1: an answer without `scope` grants what was asked for.
    scopes: grant.scopes ?? client.scope.split(" ").filter(Boolean),
    connectedAt: ctx.now(),
    refreshedAt: requestedAt,
    expiresAt: requestedAt + grant.lifetimeSeconds * SECOND_MS,
    lifetimeSeconds: grant.lifetimeSeconds,
    intent: null,
    backoff: null,
    forcedAt: null,
    sitesAskedAt: null,
  } satisfies Unmarked<ConnectedRow>;
}

function nextVersion(row: ConnectionRow | undefined): number {
  return (row?.version ?? 0) + 1;
}

/** The other connection's KV record names the session that was just superseded. */
function republishOthers(ctx: KeeperContext, connected: ProviderId): void {
  for (const provider of PROVIDER_IDS) {
    const row = ctx.rows.connection(provider);
    if (provider !== connected && row?.status === "connected") changeConnection(ctx, provider, row);
  }
}
