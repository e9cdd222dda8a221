import { lookUpAccount } from "../oauth/look-up-account.ts";
import type { ProviderId } from "../providers/provider.ts";
import { changeConnection } from "./change-connection.ts";
import type { KeeperContext } from "./keeper-context.ts";
import { openToken } from "./sealed-tokens.ts";
import type { ConnectedRow } from "./stored-rows.ts";
import { isUnexpired } from "./token-policy.ts";

/**
 * Looks up what is not known yet of a connection: whose it is, and its sites. Takes five seconds
 * at most and costs nothing but time when it fails; it is tried again at the next refresh and the
 * next time that someone lists the connections.
 */
export function learnAccount(ctx: KeeperContext, provider: ProviderId): Promise<void> {
  return ctx.lookups.join(provider, () => runLookup(ctx, provider));
}

async function runLookup(ctx: KeeperContext, provider: ProviderId): Promise<void> {
  const client = ctx.clients[provider];
  const row = ctx.rows.connection(provider);
  if (!client || row?.status !== "connected" || !isUnexpired(row, ctx.now())) return;
  const hasSites = client.provider.sitesPath !== undefined;
  if (row.accountId !== null && (row.sites !== null || !hasSites)) return;
  const place = { owner: ctx.owner, provider, version: row.version };
  const accessToken = await openToken(ctx.keyring, "access", place, row.access);
  if (accessToken === undefined) return;
  const { accountId, sites } = await lookUpAccount(client, accessToken);
  if (accountId === null && sites === null) return;
  const latest = ctx.rows.connection(provider);
  if (!isSameGrant(latest, row)) return;
  const known = { accountId: accountId ?? latest.accountId, sites: sites ?? latest.sites };
  changeConnection(ctx, provider, { ...latest, ...known });
}

/** A refresh in between changes nothing about whose grant it is; a new consent does. */
function isSameGrant(latest: unknown, row: ConnectedRow): latest is ConnectedRow {
  const candidate = latest as ConnectedRow | undefined;
  return candidate?.status === "connected" && candidate.connectedAt === row.connectedAt;
}
