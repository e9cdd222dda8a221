import type { FlowOutcome } from "../flow/flow-outcome.ts";
import { FLOW_LIFETIME_MS } from "../flow/flow-record.ts";
import type { CallbackResult } from "../flow/read-callback.ts";
import { exchangeCode, type GrantAnswer } from "../oauth/request-token.ts";
import {
  classifyAuthorizationError,
  classifyExchangeRefusal,
} from "../providers/classify-refusal.ts";
import type { ProviderClient } from "../providers/provider-client.ts";
import { PROVIDER_IDS } from "../providers/provider.ts";
import { logEvent, logFailure } from "../shared/log-event.ts";
import { randomId } from "../shared/random-id.ts";
import { sha256 } from "../shared/sha256.ts";
import { SECOND_MS } from "../shared/time.ts";
import { changeConnection, type Unmarked } from "./change-connection.ts";
import type { KeeperContext } from "./keeper-context.ts";
import { learnAccount } from "./learn-account.ts";
import { publishConnections } from "./publish-connection.ts";
import { sealTokens } from "./sealed-tokens.ts";
import { supersede, wasDeadAt } from "./session-claim.ts";
import type { ConnectedRow, ConnectionRow } from "./stored-rows.ts";

/** A callback that belongs to a flow of this owner. */
export interface FlowArrival {
  readonly flowId: string;
  readonly issuedAt: number;
  /** Hash of the session id that the flow was started under. */
  readonly startedUnder: string | null;
  readonly codeVerifier: string;
  readonly result: CallbackResult;
}

/**
 * `invalid_flow`: it can't be trusted, was used before, or the person decided otherwise.
 * `owner_gone`: its owner was erased, or its session was dead when it began; so are its siblings.
 */
export type ArrivalOutcome =
  | FlowOutcome
  | { readonly outcome: "invalid_flow" }
  | { readonly outcome: "owner_gone" };

type Granted = Extract<GrantAnswer, { kind: "granted" }>;

const INVALID_FLOW = { outcome: "invalid_flow" } as const;
const OWNER_GONE = { outcome: "owner_gone" } as const;

/** Ends a flow: uses it up, exchanges the code, and stores the connection before anything else. */
export async function finishFlow(
  ctx: KeeperContext,
  client: ProviderClient,
  arrival: FlowArrival,
): Promise<ArrivalOutcome> {
  const { flowId, issuedAt, startedUnder, codeVerifier, result } = arrival;
  const owner = ctx.rows.owner();
  if (owner?.state === "erased") return OWNER_GONE;
  if (startedUnder !== null && wasDeadAt(owner, startedUnder, issuedAt)) return OWNER_GONE;
  if (ctx.rows.isFlowConsumed(flowId)) return INVALID_FLOW;
  ctx.rows.forgetExpiredFlows(ctx.now());
  ctx.rows.consumeFlow(flowId, issuedAt + FLOW_LIFETIME_MS);
  ctx.planAlarm();
  if (result.kind === "untrusted") return INVALID_FLOW;
  if (result.kind === "error") return authorizationError(result.error);

  const disconnects = ctx.disconnects.get(client.provider.id);
  const answer = await exchangeCode(client, result.code, codeVerifier);
  if (answer.kind === "granted") return connect(ctx, client, disconnects, answer);
  logEvent("warn", "exchange_failed", {
    provider: client.provider.id,
    ...(answer.kind === "refused" ? { status: answer.refusal.status } : { cause: answer.cause }),
  });
  const reason =
    answer.kind === "refused"
      ? classifyExchangeRefusal(client.provider, answer.refusal)
      : "provider_unavailable";
  return { outcome: "failed", reason };
}

function authorizationError(error: string): FlowOutcome {
  if (error === "access_denied") return { outcome: "denied" };
  return { outcome: "failed", reason: classifyAuthorizationError(error) };
}

async function connect(
  ctx: KeeperContext,
  client: ProviderClient,
  disconnectsBefore: number | undefined,
  granted: Granted,
): Promise<ArrivalOutcome> {
  const provider = client.provider.id;
  const row = await sealGrant(ctx, client, granted);
  const sessionId = randomId();
  const sessionHash = await sha256(sessionId);
  // From here on no await: the whole connect is stored or nothing of it.
  const owner = ctx.rows.owner();
  // The person's later decision wins.
  const isDisconnected = () => ctx.disconnects.get(provider) !== disconnectsBefore;
  if (owner?.state === "erased") return OWNER_GONE;
  if (isDisconnected()) return INVALID_FLOW;
  if (row.version !== nextVersion(ctx.rows.connection(provider))) {
    return connect(ctx, client, disconnectsBefore, granted);
  }
  ctx.rows.putOwner(supersede(owner, { sessionId, sessionHash }, ctx.now()));
  changeConnection(ctx, provider, row);
  republishOthers(ctx, provider);
  logEvent("info", "connected", { provider });

  await logFailure(learnAccount(ctx, provider));
  if (ctx.rows.owner()?.state === "erased") return OWNER_GONE;
  if (isDisconnected()) return INVALID_FLOW;
  // One write for both: KV takes one a second for a key. The alarm is there should we not get here.
  ctx.background(publishConnections(ctx));
  return { outcome: "connected" };
}

async function sealGrant(
  ctx: KeeperContext,
  client: ProviderClient,
  { grant, requestedAt }: Granted,
) {
  const provider = client.provider.id;
  const version = nextVersion(ctx.rows.connection(provider));
  const place = { owner: ctx.owner, provider, version };
  const tokens = await sealTokens(
    ctx.keyring,
    place,
    grant.accessToken,
    grant.refreshToken ?? null,
  );
  return {
    ...tokens,
    status: "connected",
    version,
    accountId: null,
    sites: null,
    // RFC 6749 section 5.1: an answer without `scope` grants what was asked for.
    scopes: grant.scopes ?? client.scope.split(" ").filter(Boolean),
    connectedAt: ctx.now(),
    refreshedAt: requestedAt,
    expiresAt: requestedAt + grant.lifetimeSeconds * SECOND_MS,
    lifetimeSeconds: grant.lifetimeSeconds,
    intent: null,
    backoff: null,
    forcedAt: null,
  } satisfies Unmarked<ConnectedRow>;
}

function nextVersion(row: ConnectionRow | undefined): number {
  return (row?.version ?? 0) + 1;
}

/** The other connection's KV record names the session that was just superseded. */
function republishOthers(ctx: KeeperContext, connected: string): void {
  for (const provider of PROVIDER_IDS) {
    const row = ctx.rows.connection(provider);
    if (provider !== connected && row?.status === "connected") changeConnection(ctx, provider, row);
  }
}
