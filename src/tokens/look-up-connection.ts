import { lookUpAccount } from "../oauth/look-up-account.ts";
import type { Site } from "../oauth/site.ts";
import type { ProviderClient } from "../providers/provider-client.ts";
import { changeConnection } from "./change-connection.ts";
import type { KeeperContext } from "./keeper-context.ts";
import { openRowToken } from "./open-row-token.ts";
import type { ConnectedRow } from "./stored-rows.ts";
import { isUnexpired } from "./token-policy.ts";

/**
 * Looks up whose a connection is, and its sites; joins whoever does that already. Takes five
 * seconds at most, and costs nothing but time when it fails.
 */
export async function lookUpConnection(
  ctx: KeeperContext,
  client: ProviderClient,
  row: ConnectedRow,
): Promise<void> {
  if (!isUnexpired(row, ctx.now())) return;
  await ctx.lookups.join(grantOf(client, row), () => runLookup(ctx, client, row));
}

/** Whether that is being done right now. */
export function isBeingLookedUp(
  ctx: KeeperContext,
  client: ProviderClient,
  row: ConnectedRow,
): boolean {
  return ctx.lookups.running(grantOf(client, row)) !== undefined;
}

/** A new consent is another grant: it must not join what is asked about the one before. */
function grantOf({ provider }: ProviderClient, { connectedAt }: ConnectedRow): string {
  return `${provider.id} ${connectedAt}`;
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
