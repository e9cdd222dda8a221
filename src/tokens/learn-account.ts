import { lookUpAccount, type Site } from "../oauth/look-up-account.ts";
import type { ProviderClient } from "../providers/provider-client.ts";
import type { ProviderId } from "../providers/provider.ts";
import { changeConnection } from "./change-connection.ts";
import type { KeeperContext } from "./keeper-context.ts";
import { openRowToken } from "./open-row-token.ts";
import type { ConnectedRow } from "./stored-rows.ts";
import { isUnexpired } from "./token-policy.ts";

/**
 * Looks up what is not known yet of a connection: whose it is, and its sites. Takes five seconds
 * at most and costs nothing but time when it fails; it is tried again at the next refresh and the
 * next time that someone lists the connections.
 */
export async function learnAccount(ctx: KeeperContext, provider: ProviderId): Promise<void> {
  const client = ctx.clients[provider];
  const row = ctx.rows.connection(provider);
  if (!client || row?.status !== "connected" || !isUnexpired(row, ctx.now())) return;
  const hasSites = client.provider.sitesPath !== undefined;
  if (row.accountId !== null && (row.sites !== null || !hasSites)) return;
  // A new consent is another grant: it must not join what is asked about the one before.
  const grant = `${provider} ${row.connectedAt}`;
  await ctx.lookups.join(grant, () => runLookup(ctx, client, row));
}

async function runLookup(
  ctx: KeeperContext,
  client: ProviderClient,
  row: ConnectedRow,
): Promise<void> {
  const provider = client.provider.id;
  const accessToken = await openRowToken(ctx, provider, row, "access");
  if (accessToken === undefined) return;
  const { accountId, sites } = await lookUpAccount(client, accessToken);
  const latest = ctx.rows.connection(provider);
  // A refresh in between changes nothing about whose grant it is; a new consent does.
  if (latest?.status !== "connected" || latest.connectedAt !== row.connectedAt) return;
  const known = { accountId: accountId ?? latest.accountId, sites: sites ?? latest.sites };
  if (known.accountId === latest.accountId && isSame(known.sites, latest.sites)) return;
  changeConnection(ctx, provider, { ...latest, ...known });
}

function isSame(a: readonly Site[] | null, b: readonly Site[] | null): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
