import { type FlowRecord, flowIdOf, liveFlows, openFlow } from "../flow/flow-record.ts";
import { withOutcome } from "../flow/flow-outcome.ts";
import { readCallback, readState } from "../flow/read-callback.ts";
import { checkReturnTo } from "../flow/return-to.ts";
import type { ProviderClient } from "../providers/provider-client.ts";
import { errorKind, logEvent } from "../shared/log-event.ts";
import type { FlowArrival } from "../tokens/finish-flow.ts";
import type { AppContext } from "./app-types.ts";
import { clearFlowCookie, readFlowBoxes } from "./flow-cookies.ts";
import { isCertainlyNoNavigation } from "./is-navigation.ts";
import { FLOW_LIMIT_PERIOD_SECONDS, limitFlows } from "./limit-flows.ts";
import { respondProblem } from "./respond-problem.ts";
import { clearSession, updateSession } from "./session-cookie.ts";
import { thenForget } from "./then-forget.ts";

/**
 * `GET /auth/{provider}/callback`: finishes a flow. Its owner comes from the flow cookie alone; a
 * session cookie that happens to come along is not looked at.
 */
export async function callbackRoute(c: AppContext, client: ProviderClient): Promise<Response> {
  if (isCertainlyNoNavigation(c.req)) return respondProblem(c, "navigation_required");
  if (!(await limitFlows(c, "callback"))) {
    return respondProblem(c, "rate_limited", { retryAfterSeconds: FLOW_LIMIT_PERIOD_SECONDS });
  }
  const query = new URL(c.req.url).searchParams;
  const found = await findFlow(c, client, query);
  if (!found) return respondProblem(c, "invalid_flow");
  const { flowId, flow } = found;
  const { issuedAt, startedUnder, codeVerifier } = flow;
  const result = await readCallback(client, flow, query);
  const arrival = { flowId, issuedAt, startedUnder, codeVerifier, result };

  const { session, answer } = await finish(c, flow, arrival);
  clearFlowCookie(c, flowId);
  if (answer.outcome === "owner_gone") await clearSiblings(c, flowId, flow);
  if (answer.outcome === "owner_gone" || answer.outcome === "invalid_flow") {
    return respondProblem(c, "invalid_flow");
  }
  if (answer.outcome === "connected") await updateSession(c, undefined, session);
  return c.redirect(withOutcome(returnTo(c, flow), client.provider.id, answer), 303);
}

/** The flow that the query's state names, from this browser's cookies and for this provider. */
async function findFlow(c: AppContext, client: ProviderClient, query: URLSearchParams) {
  const state = readState(query);
  if (state === undefined) return undefined;
  const flowId = await flowIdOf(state);
  const box = readFlowBoxes(c).find((candidate) => candidate.flowId === flowId)?.box;
  if (box === undefined) return undefined;
  const { keyring } = c.get("config");
  const flow = await openFlow(keyring, client.provider.id, flowId, box, Date.now());
  return flow && { flowId, flow };
}

/**
 * Takes back what else leads to an owner who is gone: the other flows of theirs, and the session
 * that this flow took them from. Otherwise the next start would end here again.
 */
async function clearSiblings(c: AppContext, flowId: string, { owner, ...flow }: FlowRecord) {
  const live = await liveFlows(c.get("config").keyring, readFlowBoxes(c), Date.now());
  const siblings = live.filter((other) => other.flow.owner === owner && other.flowId !== flowId);
  for (const sibling of siblings) clearFlowCookie(c, sibling.flowId);
  if (flow.startedUnder !== null && flow.ownerSince === flow.issuedAt) clearSession(c);
}

/** Leaves it to the owner's object. A code can't be tried again: what breaks has failed. */
async function finish(c: AppContext, { owner, provider }: FlowRecord, arrival: FlowArrival) {
  try {
    const keeper = c.env.TOKEN_KEEPER.getByName(owner);
    return await thenForget(c, owner, keeper.finishFlow(provider, arrival));
  } catch (error) {
    logEvent("error", "finish_flow_failed", { provider, error: errorKind(error) });
    const answer = { outcome: "failed", reason: "provider_unavailable" } as const;
    return { session: undefined, answer };
  }
}

/** The flow's address, checked again: the allow-list may have changed since the start. */
function returnTo(c: AppContext, flow: FlowRecord): string {
  const { publicOrigin, allowedOrigins } = c.get("config");
  return checkReturnTo(flow.returnTo, { publicOrigin, allowedOrigins }) ?? `${publicOrigin}/`;
}
