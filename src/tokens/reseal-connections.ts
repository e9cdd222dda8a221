import { PROVIDER_IDS, type ProviderId } from "../providers/provider.ts";
import { decodeEnvelope } from "../vault/envelope.ts";
import { changeConnection } from "./change-connection.ts";
import type { KeeperContext } from "./keeper-context.ts";
import { openRowToken } from "./open-row-token.ts";
import { publishConnections } from "./publish-connection.ts";
import { sealTokens } from "./sealed-tokens.ts";
import { unchangedSince } from "./unchanged-since.ts";

/**
 * Seals anew what lies under a key that is no longer the first, so that a replaced key can go one
 * day after everyone was seen. The version stays: nothing about the connection has changed.
 */
export async function resealConnections(ctx: KeeperContext): Promise<void> {
  await Promise.all(PROVIDER_IDS.map((provider) => resealConnection(ctx, provider)));
  await publishConnections(ctx);
}

async function resealConnection(ctx: KeeperContext, provider: ProviderId): Promise<void> {
  const before = ctx.rows.connection(provider);
  if (before?.status !== "connected") return;
  if (decodeEnvelope(before.access)?.keyId === ctx.keyring.sealingKeyId) return;
  const [accessToken, refreshToken] = await Promise.all([
    openRowToken(ctx, provider, before, "access"),
    openRowToken(ctx, provider, before, "refresh"),
  ]);
  if (accessToken === undefined || refreshToken === undefined) return;
  const place = { owner: ctx.owner, provider, version: before.version };
  const sealed = await sealTokens(ctx.keyring, place, accessToken, refreshToken);
  const row = unchangedSince(ctx, provider, before);
  if (row) changeConnection(ctx, provider, { ...row, ...sealed });
}
