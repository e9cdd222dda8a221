import type { FlowOutcome } from "../flow/flow-outcome.ts";
import { FLOW_LIFETIME_MS } from "../flow/flow-record.ts";
import type { CallbackResult } from "../flow/read-callback.ts";
import { exchangeCode, type Granted } from "../oauth/request-token.ts";
import {
  classifyAuthorizationError,
  classifyExchangeRefusal,
} from "../providers/classify-refusal.ts";
import type { ProviderClient } from "../providers/provider-client.ts";
import { logEvent, logFailure } from "../shared/log-event.ts";
import type { KeeperContext } from "./keeper-context.ts";
import { learnAccount } from "./learn-account.ts";
import { publishConnections } from "./publish-connection.ts";
import { wasDeadAt } from "./session-claim.ts";
import { storeGrant } from "./store-grant.ts";

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
  // The person's later decision wins.
  const isDisconnected = () => ctx.disconnects.get(provider) !== disconnectsBefore;
  const isStored = await storeGrant(ctx, client, granted, isDisconnected);
  if (isStored) await logFailure(learnAccount(ctx, provider));
  if (ctx.rows.owner()?.state === "erased") return OWNER_GONE;
  if (isDisconnected()) return INVALID_FLOW;
  // One write for both: KV takes one a second for a key. The alarm is there should we not get here.
  ctx.background(publishConnections(ctx));
  return { outcome: "connected" };
}
