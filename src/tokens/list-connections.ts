import type { Site } from "../oauth/site.ts";
import { PROVIDER_IDS, type ProviderId } from "../providers/provider.ts";
import { logFailure } from "../shared/log-event.ts";
import { DAY_MS } from "../shared/time.ts";
import { isTakenForSpent } from "./is-taken-for-spent.ts";
import type { KeeperContext } from "./keeper-context.ts";
import { learnAccount } from "./learn-account.ts";
import { publishConnections } from "./publish-connection.ts";
import { isUnderHeldKey } from "./sealed-tokens.ts";
import { isUnexpired } from "./token-policy.ts";

/** A connection as its owner may see it. Instants in milliseconds. */
export type ConnectionSummary =
  | { readonly status: "not_connected" }
  | ({
      readonly status: "connected";
      readonly expiresAt: number;
      /** When the refresh token dies if nothing uses it; `null` when there is none. */
      readonly reconnectBy: number | null;
    } & AccountSummary)
  | ({
      readonly status: "reconnect_required";
      readonly reason: ReconnectReason;
    } & AccountSummary);

type ReconnectReason = "grant_expired_or_revoked" | "sealing_key_removed";

interface AccountSummary {
  readonly accountId: string | null;
  readonly sites: readonly Site[] | null;
  readonly scopes: readonly string[];
  readonly connectedAt: number;
}

export type ConnectionSummaries = Readonly<Record<ProviderId, ConnectionSummary>>;

/** All connections of the owner; what is not known of an account yet is looked up first. */
export async function listConnections(ctx: KeeperContext): Promise<ConnectionSummaries> {
  await Promise.all(PROVIDER_IDS.map((provider) => logFailure(learnAccount(ctx, provider))));
  ctx.background(publishConnections(ctx));
  return Object.fromEntries(
    PROVIDER_IDS.map((provider) => [provider, summarize(ctx, provider)]),
  ) as Record<ProviderId, ConnectionSummary>;
}

function summarize(ctx: KeeperContext, provider: ProviderId): ConnectionSummary {
  const row = ctx.rows.connection(provider);
  if (row === undefined || row.status === "disconnected") return { status: "not_connected" };
  const { accountId, sites, scopes, connectedAt } = row;
  const account = { accountId, sites, scopes, connectedAt };
  const deadFor = (reason: ReconnectReason) =>
    ({ status: "reconnect_required", reason, ...account }) as const;
  if (row.status === "dead") return deadFor("grant_expired_or_revoked");
  if (!isUnderHeldKey(ctx.keyring, row.access)) return deadFor("sealing_key_removed");
  const now = ctx.now();
  const isOver = isTakenForSpent(row, now) || (row.refresh === null && !isUnexpired(row, now));
  if (isOver) return deadFor("grant_expired_or_revoked");
  const idleDays = ctx.clients[provider]?.provider.refreshTokenIdleDays;
  const reconnectBy =
    row.refresh === null || idleDays === undefined ? null : row.refreshedAt + idleDays * DAY_MS;
  return { status: "connected", expiresAt: row.expiresAt, reconnectBy, ...account };
}
