import type { GrantAnswer, Granted } from "../oauth/request-token.ts";
import { classifyRefreshRefusal } from "../providers/classify-refusal.ts";
import type { Provider, ProviderId } from "../providers/provider.ts";
import { logEvent } from "../shared/log-event.ts";
import { SECOND_MS } from "../shared/time.ts";
import { buryConnection } from "./bury-connection.ts";
import { changeConnection } from "./change-connection.ts";
import type { KeeperContext } from "./keeper-context.ts";
import { learnAccount } from "./learn-account.ts";
import { planBackoff, type Setback } from "./plan-backoff.ts";
import { planRecovery } from "./plan-recovery.ts";
import { publishConnections } from "./publish-connection.ts";
import type { RefreshOutcome } from "./refresh-outcome.ts";
import { sealTokens } from "./sealed-tokens.ts";
import type { ConnectedRow, Intent } from "./stored-rows.ts";
import { unchangedSince } from "./unchanged-since.ts";

type Failure = Exclude<GrantAnswer, Granted>;

/** What was sent, and from where it began. */
interface Attempt {
  /** The row that the refresh began with. Its intent is that of an earlier attempt. */
  readonly before: ConnectedRow;
  /** The refresh token. */
  readonly token: string;
  readonly intent: Intent;
}

/** Stores what a refresh brought, unless the person decided otherwise meanwhile. */
export function settleRefresh(
  ctx: KeeperContext,
  provider: Provider,
  attempt: Attempt,
  answer: GrantAnswer,
): RefreshOutcome | Promise<RefreshOutcome> {
  return answer.kind === "granted"
    ? commitGrant(ctx, provider.id, attempt, answer)
    : settleFailure(ctx, provider, attempt, answer);
}

async function commitGrant(
  ctx: KeeperContext,
  provider: ProviderId,
  { before, token }: Attempt,
  { grant, requestedAt }: Granted,
): Promise<RefreshOutcome> {
  const place = { owner: ctx.owner, provider, version: before.version + 1 };
  const newest = grant.refreshToken ?? token;
  const sealed = await sealTokens(ctx.keyring, place, grant.accessToken, newest);
  // From here on no await: what the person decided meanwhile is seen, and all is stored or nothing.
  const row = unchangedSince(ctx, provider, before);
  if (!row) return "overtaken";
  changeConnection(ctx, provider, {
    ...row,
    ...sealed,
    version: place.version,
    scopes: grant.scopes ?? row.scopes,
    refreshedAt: requestedAt,
    expiresAt: requestedAt + grant.lifetimeSeconds * SECOND_MS,
    lifetimeSeconds: grant.lifetimeSeconds,
    intent: null,
    backoff: null,
  });
  logEvent("info", "refreshed", { provider });
  ctx.background(publishAndLearn(ctx, provider));
  return "refreshed";
}

/** What is learned now is published by the alarm: KV takes one write a second for a key. */
async function publishAndLearn(ctx: KeeperContext, provider: ProviderId): Promise<void> {
  await publishConnections(ctx);
  await learnAccount(ctx, provider);
}

function settleFailure(
  ctx: KeeperContext,
  provider: Provider,
  { before, intent: attempted }: Attempt,
  failure: Failure,
): RefreshOutcome {
  const row = unchangedSince(ctx, provider.id, before);
  if (!row) return "overtaken";
  const setback = toSetback(provider, failure);
  if (setback === "dead") return buryConnection(ctx, provider.id, row);
  const now = ctx.now();
  const backoff = planBackoff(row.backoff, setback, now, Math.random());
  // Until an attempt brings a token, nothing that comes after it says what became of it.
  const unknown = isOutcomeUnknown(failure) ? attempted : before.intent;
  const intent = unknown && planRecovery(unknown, backoff.until, now);
  ctx.rows.putConnection(provider.id, { ...row, backoff, intent });
  ctx.planAlarm();
  logEvent("warn", "refresh_failed", {
    provider: provider.id,
    kind: setback.kind,
    failures: backoff.failures,
    ...(failure.kind === "refused" ? { status: failure.refusal.status } : { cause: failure.cause }),
  });
  return "setback";
}

function toSetback(provider: Provider, failure: Failure): Setback | "dead" {
  if (failure.kind === "unclear") return { kind: "unavailable", retryAfterSeconds: undefined };
  const kind = classifyRefreshRefusal(provider, failure.refusal);
  return kind === "dead" ? kind : { kind, retryAfterSeconds: failure.retryAfterSeconds };
}

/** Whether the refresh token may have been spent by a request that brought nothing back. */
function isOutcomeUnknown(failure: Failure): boolean {
  return failure.kind === "unclear" || failure.refusal.status >= 500;
}
