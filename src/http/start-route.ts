import type { ProviderClient } from "../providers/provider-client.ts";
import { findOwner } from "../flow/find-owner.ts";
import { liveFlows } from "../flow/flow-record.ts";
import { checkReturnTo } from "../flow/return-to.ts";
import { startFlow } from "../flow/start-flow.ts";
import { continuePage } from "../ui/continue-page.ts";
import type { AppContext } from "./app-types.ts";
import { clearFlowCookie, readFlowBoxes, setFlowCookie } from "./flow-cookies.ts";
import { isCertainlyNoNavigation } from "./is-navigation.ts";
import { FLOW_LIMIT_PERIOD_SECONDS, limitFlows } from "./limit-flows.ts";
import { respondProblem } from "./respond-problem.ts";
import { readSession } from "./session-cookie.ts";

const MAX_FLOWS = 5;

/** `GET /auth/{provider}`: sets a flow cookie and sends the browser to the consent page. */
export async function startRoute(c: AppContext, client: ProviderClient): Promise<Response> {
  if (isCertainlyNoNavigation(c.req)) return respondProblem(c, "navigation_required");
  const { publicOrigin } = c.get("config");
  const returnTo = readReturnTo(c);
  if (returnTo === undefined) return respondProblem(c, "invalid_return_to");
  const returnsToFrontEnd = new URL(returnTo).origin !== publicOrigin;
  if (!isWanted(c.req.header("Sec-Fetch-Site"), returnsToFrontEnd)) return c.html(continuePage());
  if (!(await limitFlows(c, "start"))) {
    return respondProblem(c, "rate_limited", { retryAfterSeconds: FLOW_LIMIT_PERIOD_SECONDS });
  }

  const { keyring } = c.get("config");
  const now = Date.now();
  const session = await readSession(c);
  const boxes = readFlowBoxes(c);
  const live = await liveFlows(keyring, boxes, now);
  const owner = findOwner(session, live, now);
  const started = await startFlow(keyring, client, { ...owner, returnTo }, now);

  const kept = new Set(live.slice(0, MAX_FLOWS - 1).map(({ flowId }) => flowId));
  for (const { flowId } of boxes) if (!kept.has(flowId)) clearFlowCookie(c, flowId);
  setFlowCookie(c, started.flowId, started.box);
  return c.redirect(started.authorizationUrl, 302);
}

/** The one `return_to`, checked; the connections page when there is none. */
function readReturnTo(c: AppContext): string | undefined {
  const { publicOrigin, allowedOrigins } = c.get("config");
  const [raw, ...more] = c.req.queries("return_to") ?? [];
  if (raw === undefined) return `${publicOrigin}/`;
  return more.length > 0 ? undefined : checkReturnTo(raw, { publicOrigin, allowedOrigins });
}

/**
 * Whether the person started this: typed it, followed our own link, or that of a front-end of this
 * site that gets them back. Any other page could start a flow behind their back.
 */
function isWanted(fetchSite: string | undefined, returnsToFrontEnd: boolean): boolean {
  switch (fetchSite) {
    case undefined:
    case "none":
    case "same-origin":
      return true;
    case "same-site":
      return returnsToFrontEnd;
    default:
      return false;
  }
}
