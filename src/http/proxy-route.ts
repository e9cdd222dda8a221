import type { StatusCode } from "hono/utils/http-status";
import type { ProviderClient } from "../providers/provider-client.ts";
import { isTokenRefused } from "../proxy/is-token-refused.ts";
import { readProxiedPath } from "../proxy/proxied-path.ts";
import { readRequestBody } from "../proxy/request-body.ts";
import { responseHeaders } from "../proxy/response-headers.ts";
import { sendUpstream } from "../proxy/send-upstream.ts";
import { findUpstream, type Upstream } from "../proxy/upstream.ts";
import { sha256 } from "../shared/sha256.ts";
import type { AppContext } from "./app-types.ts";
import { askForSession } from "./ask-for-session.ts";
import { checkSite } from "./check-site.ts";
import { readSessionToken } from "./read-session-token.ts";
import { respondNoToken } from "./respond-no-token.ts";
import { respondProblem } from "./respond-problem.ts";
import { readSession } from "./session-cookie.ts";

/** When to try again what got no answer from the provider; and what waits for its sites. */
const RETRY_AFTER_SECONDS = 5;
const RETRY_SITES_AFTER_SECONDS = 60;

/** `ANY /api/{provider}/…`: the provider's API, with the access token added. */
export async function proxyRoute(c: AppContext, client: ProviderClient): Promise<Response> {
  const { provider } = client;
  const path = readProxiedPath(c.req.url, provider);
  if (typeof path === "string") return respondProblem(c, path);
  const upstream = findUpstream(client, c.var.config.publicOrigin, path);
  if (!upstream) return respondProblem(c, "invalid_path");

  const session = await readSession(c);
  if (!session) return respondNoToken(c, client, { kind: "not_connected" });
  const token = await readSessionToken(c, client, session);
  if (token.kind !== "token") return respondNoToken(c, client, token);
  const obstacle = await checkSite(c, provider, session, token, path.root);
  if (obstacle === "unknown_site") return respondProblem(c, obstacle);
  if (obstacle) return respondUnavailable(c, RETRY_SITES_AFTER_SECONDS);

  const { method, headers } = c.req.raw;
  const body = await readRequestBody(c.req.raw);
  const request = { provider, url: upstream.url, method, headers, body };
  const answer = await sendUpstream(request, token.accessToken);
  if (!answer || !body.isReplayable || !(await isTokenRefused(provider, answer))) {
    return respondUpstream(c, upstream, answer);
  }
  const rejected = await sha256(token.accessToken);
  const newer = await askForSession(c, session, (keeper) =>
    keeper.forceRefresh(provider.id, session.id, rejected),
  );
  if (newer.kind !== "token") return respondNoToken(c, client, newer);
  // It was forced a moment ago: the provider does not take the newest one either.
  if (newer.accessToken === token.accessToken) return respondUpstream(c, upstream, answer);
  await answer.body?.cancel();
  return respondUpstream(c, upstream, await sendUpstream(request, newer.accessToken));
}

/** Status and body as they came, and of the headers those that may pass. */
function respondUpstream(
  c: AppContext,
  upstream: Upstream,
  answer: Response | undefined,
): Response {
  if (!answer) return respondUnavailable(c, RETRY_AFTER_SECONDS);
  for (const [name, value] of responseHeaders(answer.headers, upstream.toLocation))
    c.header(name, value);
  return c.newResponse(answer.body, answer.status as StatusCode);
}

function respondUnavailable(c: AppContext, retryAfterSeconds: number): Response {
  return respondProblem(c, "provider_unavailable", { retryAfterSeconds });
}
