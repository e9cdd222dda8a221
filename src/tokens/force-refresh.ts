import type { ProviderId } from "../providers/provider.ts";
import { sha256 } from "../shared/sha256.ts";
import { answerToken, refreshAndAnswer } from "./answer-token.ts";
import type { KeeperContext } from "./keeper-context.ts";
import { openRowToken } from "./open-row-token.ts";
import type { TokenAnswer } from "./token-answer.ts";
import { wasLately } from "./was-lately.ts";

/**
 * For a caller whose token the provider rejected early. Refreshes only if that is still the
 * current token, and at most once a minute; otherwise answers the current one.
 * @param rejected base64url SHA-256 of the rejected access token
 */
export async function forceRefresh(
  ctx: KeeperContext,
  provider: ProviderId,
  rejected: string,
): Promise<TokenAnswer> {
  const row = ctx.rows.connection(provider);
  if (row?.status !== "connected") return answerToken(ctx, provider);
  const token = await openRowToken(ctx, provider, row, "access");
  const isCurrent = token !== undefined && (await sha256(token)) === rejected;

  const latest = ctx.rows.connection(provider);
  if (latest?.status !== "connected" || latest.version !== row.version || !isCurrent) {
    return answerToken(ctx, provider);
  }
  if (ctx.refreshes.running(provider)) return refreshAndAnswer(ctx, provider);
  const now = ctx.now();
  if (wasLately(latest.forcedAt, now)) return answerToken(ctx, provider);
  ctx.rows.putConnection(provider, { ...latest, forcedAt: now });
  return refreshAndAnswer(ctx, provider);
}
