// A refresh: decide, write the intent, call once, settle. It can be interrupted at every await and
// loses nothing: see docs/decisions/001-object-and-kv.md.
import { refreshToken, TOKEN_TIMEOUT_SECONDS } from "../oauth/request-token.ts";
import type { ProviderId } from "../providers/provider.ts";
import { MINUTE_MS, SECOND_MS } from "../shared/time.ts";
import { adoptNewerCopy } from "./adopt-newer-copy.ts";
import { buryConnection } from "./bury-connection.ts";
import type { KeeperContext } from "./keeper-context.ts";
import { openRowToken } from "./open-row-token.ts";
import { isWaiting } from "./plan-backoff.ts";
import { isWithinLeeway, planRecovery } from "./plan-recovery.ts";
import type { RefreshOutcome } from "./refresh-outcome.ts";
import { isUnderHeldKey, sealTokens } from "./sealed-tokens.ts";
import { settleRefresh } from "./settle-refresh.ts";
import type { ConnectedRow, Intent } from "./stored-rows.ts";
import { isFresh, isUnexpired } from "./token-policy.ts";
import { unchangedSince } from "./unchanged-since.ts";

/** The alarm takes up an intent this long after its POST left: its timeout and five seconds. */
const RECOVER_AFTER_MS = (TOKEN_TIMEOUT_SECONDS + 5) * SECOND_MS;

/** Refreshes a connection, at most once at a time: whoever comes meanwhile joins. */
export function refreshConnection(
  ctx: KeeperContext,
  provider: ProviderId,
): Promise<RefreshOutcome> {
  return ctx.refreshes.join(provider, () => runRefresh(ctx, provider));
}

async function runRefresh(ctx: KeeperContext, provider: ProviderId): Promise<RefreshOutcome> {
  const client = ctx.clients[provider];
  const stored = ctx.rows.connection(provider);
  if (stored?.status !== "connected") return "overtaken";
  if (!client) return putOff(ctx, provider, stored, "not_configured");
  if (!isUnderHeldKey(ctx.keyring, stored.access)) {
    return putOff(ctx, provider, stored, "unreadable");
  }
  if (mustWait(stored, ctx.now())) return "waiting";
  await adoptNewerCopy(ctx, provider, stored);

  const before = ctx.rows.connection(provider);
  if (before?.status !== "connected") return "overtaken";
  if (before.version > stored.version && isFresh(before, ctx.now())) return "refreshed";
  const token = await prepare(ctx, provider, before);
  const row = unchangedSince(ctx, provider, before);
  if (!row) return "overtaken";
  if (token === undefined) return putOff(ctx, provider, row, "unreadable");
  if (token === null) {
    return isUnexpired(row, ctx.now()) ? "waiting" : buryConnection(ctx, provider, row);
  }

  const intent = writeIntent(ctx, provider, row);
  const answer = await refreshToken(client, token);
  return settleRefresh(ctx, client.provider, { before, token, intent }, answer);
}

/**
 * Opens the refresh token, and proves that the answer could be sealed, before anything is spent.
 * `null`: there is none. `undefined`: it does not open.
 */
async function prepare(ctx: KeeperContext, provider: ProviderId, row: ConnectedRow) {
  if (row.refresh === null) return null;
  const token = await openRowToken(ctx, provider, row, "refresh");
  const place = { owner: ctx.owner, provider, version: row.version + 1 };
  await sealTokens(ctx.keyring, place, "", "");
  return token;
}

/** Before the leeway ends, what may be spent is asked for once although the provider wants us to wait. */
function mustWait({ backoff, intent }: ConnectedRow, nowMs: number): boolean {
  const isLastChance = intent !== null && intent.recoverAt !== null && intent.recoverAt <= nowMs;
  return backoff !== null && isWaiting(backoff, nowMs) && !isLastChance;
}

/** Ends a refresh that can't be made while the deployment lacks its key or its provider. */
function putOff<Outcome>(
  ctx: KeeperContext,
  provider: ProviderId,
  row: ConnectedRow,
  outcome: Outcome,
): Outcome {
  if (row.intent && row.intent.recoverAt !== null) {
    const now = ctx.now();
    const intent = planRecovery(row.intent, now + MINUTE_MS, now);
    ctx.rows.putConnection(provider, { ...row, intent });
    ctx.planAlarm();
  }
  return outcome;
}

/** Storage writes made before a `fetch` are durable before it leaves. */
function writeIntent(ctx: KeeperContext, provider: ProviderId, row: ConnectedRow): Intent {
  const now = ctx.now();
  const at = row.intent && isWithinLeeway(row.intent, now) ? row.intent.at : now;
  const intent = { at, recoverAt: now + RECOVER_AFTER_MS };
  ctx.rows.putConnection(provider, { ...row, intent });
  ctx.planAlarm();
  return intent;
}
