import type { ProviderId } from "../providers/provider.ts";
import { isTakenForSpent } from "./is-taken-for-spent.ts";
import type { KeeperContext } from "./keeper-context.ts";
import { openRowToken } from "./open-row-token.ts";
import { publicKind, publicRetryAfter } from "./plan-backoff.ts";
import { refreshConnection } from "./refresh-connection.ts";
import type { RefreshOutcome } from "./refresh-outcome.ts";
import type { ConnectedRow } from "./stored-rows.ts";
import type { TokenAnswer } from "./token-answer.ts";
import { isEnding, isFresh, isUnexpired } from "./token-policy.ts";

/** A usable token from the object's rows, refreshed first if need be. */
export async function answerToken(ctx: KeeperContext, provider: ProviderId): Promise<TokenAnswer> {
  const row = ctx.rows.connection(provider);
  if (row?.status === "connected" && isFresh(row, ctx.now())) {
    refreshAhead(ctx, provider);
    const answer = await tokenOf(ctx, provider, row);
    if (answer) return answer;
  }
  return refreshAndAnswer(ctx, provider);
}

/** Refreshes a token that is about to end, while nobody waits for it. */
export function refreshAhead(ctx: KeeperContext, provider: ProviderId): void {
  const row = ctx.rows.connection(provider);
  if (row?.status === "connected" && row.refresh !== null && isEnding(row, ctx.now())) {
    ctx.background(refreshConnection(ctx, provider));
  }
}

/** The token after one refresh, or what stands in its way. */
export async function refreshAndAnswer(
  ctx: KeeperContext,
  provider: ProviderId,
): Promise<TokenAnswer> {
  const outcome = await refreshUnlessGone(ctx, provider);
  // Read again: the person may have decided otherwise while the provider took its time.
  const row = ctx.rows.connection(provider);
  if (row === undefined || row.status === "disconnected") return { kind: "not_connected" };
  if (row.status === "dead" || outcome === "unreadable") return { kind: "reconnect_required" };
  const isUsable = outcome === "refreshed" || isUnexpired(row, ctx.now());
  return (isUsable && (await tokenOf(ctx, provider, row))) || setbackAnswer(ctx, row);
}

async function refreshUnlessGone(
  ctx: KeeperContext,
  provider: ProviderId,
): Promise<RefreshOutcome | undefined> {
  if (ctx.rows.connection(provider)?.status !== "connected") return undefined;
  return refreshConnection(ctx, provider);
}

/** `undefined` when it does not open: its key was removed, and a refresh will find that out. */
async function tokenOf(
  ctx: KeeperContext,
  provider: ProviderId,
  row: ConnectedRow,
): Promise<TokenAnswer | undefined> {
  const accessToken = await openRowToken(ctx, provider, row, "access");
  if (accessToken === undefined) return undefined;
  const { expiresAt, scopes, sites } = row;
  return { kind: "token", accessToken, expiresAt, scopes, sites };
}

function setbackAnswer(ctx: KeeperContext, row: ConnectedRow): TokenAnswer {
  const { backoff } = row;
  const now = ctx.now();
  if (isTakenForSpent(row, now)) return { kind: "reconnect_required" };
  if (!backoff) return { kind: "provider_unavailable", retryAfterSeconds: 1 };
  if (publicKind(backoff, now) === "misconfigured") return { kind: "provider_misconfigured" };
  return { kind: "provider_unavailable", retryAfterSeconds: publicRetryAfter(backoff, now) };
}
