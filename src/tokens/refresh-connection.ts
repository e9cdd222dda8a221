// A refresh: decide, write the intent, call once, store, answer all who wait. It can be
// interrupted at every await and loses nothing: see docs/decisions/001-object-and-kv.md.
import { refreshToken, TOKEN_TIMEOUT_SECONDS, type TokenAnswer } from "../oauth/request-token.ts";
import type { TokenGrant } from "../oauth/token-grant.ts";
import { classifyRefreshRefusal } from "../providers/classify-refusal.ts";
import type { ProviderClient } from "../providers/provider-client.ts";
import type { ProviderId } from "../providers/provider.ts";
import { logEvent } from "../shared/log-event.ts";
import { MINUTE_MS, SECOND_MS } from "../shared/time.ts";
import { changeConnection } from "./change-connection.ts";
import type { KeeperContext } from "./keeper-context.ts";
import { learnAccount } from "./learn-account.ts";
import { planBackoff, type Setback } from "./plan-backoff.ts";
import { publishConnections } from "./publish-connection.ts";
import { openToken, sealTokens } from "./sealed-tokens.ts";
import type { ConnectedRow, DeadRow, Intent } from "./stored-rows.ts";

/** The alarm takes up an intent this long after its POST left: its timeout and five seconds. */
const RECOVER_AFTER_MS = (TOKEN_TIMEOUT_SECONDS + 5) * SECOND_MS;

/** Within this time Atlassian takes a spent refresh token once more; Bitbucket probably does. */
const REUSE_LEEWAY_MS = 10 * MINUTE_MS;

/** How a refresh ended. What it means for a caller is read from the row. */
export type RefreshOutcome =
  | "refreshed"
  | "dead"
  | "setback"
  /** An earlier setback still asks for patience: no call was made. */
  | "waiting"
  /** The person decided otherwise meanwhile: the result was thrown away. */
  | "overtaken";

/** Refreshes a connection, at most once at a time: whoever comes meanwhile joins. */
export function refreshConnection(
  ctx: KeeperContext,
  provider: ProviderId,
): Promise<RefreshOutcome> {
  return ctx.refreshes.join(provider, () => runRefresh(ctx, provider));
}

async function runRefresh(ctx: KeeperContext, provider: ProviderId): Promise<RefreshOutcome> {
  const client = ctx.clients[provider];
  const row = ctx.rows.connection(provider);
  if (!client || row?.status !== "connected") return "overtaken";
  if (row.backoff && ctx.now() < row.backoff.until) return "waiting";
  const token = await prepare(ctx, provider, row);
  if (!current(ctx, provider, row)) return "overtaken";
  if (token === undefined) return bury(ctx, provider, row, "sealing_key_removed");
  if (token === null) return bury(ctx, provider, row, "grant_expired_or_revoked");

  writeIntent(ctx, provider);
  const answer = await refreshToken(client, token);
  if (answer.kind === "granted") return commitGrant(ctx, provider, row, token, answer.grant);
  return settleFailure(ctx, client, row, answer);
}

/** Opens the refresh token, and proves that the answer could be sealed, before anything is spent. */
async function prepare(ctx: KeeperContext, provider: ProviderId, row: ConnectedRow) {
  if (row.refresh === null) return null;
  const place = { owner: ctx.owner, provider, version: row.version };
  const token = await openToken(ctx.keyring, "refresh", place, row.refresh);
  await sealTokens(ctx.keyring, { ...place, version: row.version + 1 }, "", "");
  return token;
}

/** Storage writes made before a `fetch` are durable before it leaves. */
function writeIntent(ctx: KeeperContext, provider: ProviderId): void {
  const row = ctx.rows.connection(provider);
  if (row?.status !== "connected") return;
  const at = ctx.now();
  const intent = { at: row.intent?.at ?? at, recoverAt: at + RECOVER_AFTER_MS };
  ctx.rows.putConnection(provider, { ...row, intent });
  ctx.planAlarm();
}

async function commitGrant(
  ctx: KeeperContext,
  provider: ProviderId,
  before: ConnectedRow,
  spent: string,
  grant: TokenGrant,
): Promise<RefreshOutcome> {
  const place = { owner: ctx.owner, provider, version: before.version + 1 };
  const newest = grant.refreshToken ?? spent;
  const sealed = await sealTokens(ctx.keyring, place, grant.accessToken, newest);
  // From here on no await: what the person decided meanwhile is seen, and all is stored or nothing.
  const row = current(ctx, provider, before);
  if (!row) return "overtaken";
  const now = ctx.now();
  changeConnection(ctx, provider, {
    ...row,
    ...sealed,
    version: place.version,
    scopes: grant.scopes ?? row.scopes,
    refreshedAt: now,
    expiresAt: now + grant.lifetimeSeconds * SECOND_MS,
    lifetimeSeconds: grant.lifetimeSeconds,
    intent: null,
    backoff: null,
  });
  logEvent("info", "refreshed", { provider });
  ctx.background(publishAndLearn(ctx, provider));
  return "refreshed";
}

async function publishAndLearn(ctx: KeeperContext, provider: ProviderId): Promise<void> {
  await publishConnections(ctx);
  await learnAccount(ctx, provider);
  await publishConnections(ctx);
}

function settleFailure(
  ctx: KeeperContext,
  { provider }: ProviderClient,
  before: ConnectedRow,
  answer: Exclude<TokenAnswer, { kind: "granted" }>,
): RefreshOutcome {
  const row = current(ctx, provider.id, before);
  if (!row) return "overtaken";
  const setback = toSetback(provider, answer);
  if (setback === "dead") return bury(ctx, provider.id, row, "grant_expired_or_revoked");
  const now = ctx.now();
  const backoff = planBackoff(row.backoff, setback, now, Math.random());
  const intent = isOutcomeUnknown(answer) ? keepIntent(row, now, backoff.until) : null;
  ctx.rows.putConnection(provider.id, { ...row, backoff, intent });
  ctx.planAlarm();
  logEvent("warn", "refresh_failed", {
    provider: provider.id,
    kind: setback.kind,
    failures: backoff.failures,
    ...(answer.kind === "refused" ? { status: answer.refusal.status } : { cause: answer.cause }),
  });
  return "setback";
}

function toSetback(
  provider: ProviderClient["provider"],
  answer: Exclude<TokenAnswer, { kind: "granted" }>,
): Setback | "dead" {
  if (answer.kind === "unclear") return { kind: "unavailable", retryAfterSeconds: undefined };
  const kind = classifyRefreshRefusal(provider, answer.refusal);
  return kind === "dead" ? kind : { kind, retryAfterSeconds: answer.retryAfterSeconds };
}

/** Whether the refresh token may have been spent by a request that brought nothing back. */
function isOutcomeUnknown(answer: Exclude<TokenAnswer, { kind: "granted" }>): boolean {
  return answer.kind === "unclear" || answer.refusal.status >= 500;
}

/**
 * While the first attempt's outcome is unknown, the alarm tries again within the provider's leeway,
 * also when nobody asks. After it, a retry gains nothing by being early.
 */
function keepIntent({ intent }: ConnectedRow, nowMs: number, recoverAt: number): Intent | null {
  return intent && nowMs - intent.at < REUSE_LEEWAY_MS ? { at: intent.at, recoverAt } : null;
}

function bury(
  ctx: KeeperContext,
  provider: ProviderId,
  row: ConnectedRow,
  reason: DeadRow["reason"],
): RefreshOutcome {
  const { accountId, sites, scopes, connectedAt } = row;
  const facts = { accountId, sites, scopes, connectedAt };
  changeConnection(ctx, provider, { status: "dead", reason, version: row.version + 1, ...facts });
  logEvent("warn", "connection_died", { provider, reason });
  ctx.background(publishConnections(ctx));
  return "dead";
}

/** The row as it is now, if nobody decided anything about this connection since `before`. */
function current(
  ctx: KeeperContext,
  provider: ProviderId,
  before: ConnectedRow,
): ConnectedRow | undefined {
  const row = ctx.rows.connection(provider);
  return row?.status === "connected" && row.version === before.version ? row : undefined;
}
