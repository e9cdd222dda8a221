import type { ProviderClient } from "../providers/provider-client.ts";
import type { Provider } from "../providers/provider.ts";
import { isTokenRefused } from "../proxy/is-token-refused.ts";
import { readProxiedPath } from "../proxy/read-proxied-path.ts";
import { readRequestBody } from "../proxy/read-request-body.ts";
import { responseHeaders } from "../proxy/response-headers.ts";
import { sendUpstream } from "../proxy/send-upstream.ts";
import { findUpstream, type Upstream } from "../proxy/find-upstream.ts";
import { sha256 } from "../shared/sha256.ts";
import type { NoToken } from "../tokens/token-answer.ts";
import type { AppContext } from "./app-types.ts";
import { checkSite } from "./check-site.ts";
import { type KeeperLink, linkKeeper } from "./keeper-link.ts";
import { respondNoToken } from "./respond-no-token.ts";
import { respondProblem } from "./respond-problem.ts";
import { readSession } from "./session-cookie.ts";

/** No answer came from the provider. */
const NO_ANSWER: NoToken = { kind: "provider_unavailable", retryAfterSeconds: 5 };

type Outcome =
  | { readonly kind: "answer"; readonly answer: Response }
  | { readonly kind: "unknown_site" }
  | NoToken;

/** `ANY /api/{provider}/…`: the provider's API, with the access token added. */
export async function proxyRoute(c: AppContext, client: ProviderClient): Promise<Response> {
  const { provider } = client;
  const path = readProxiedPath(c.req.url, provider);
  if (typeof path === "string") return respondProblem(c, path);
  const upstream = findUpstream(client, c.get("config").publicOrigin, path);
  if (!upstream) return respondProblem(c, "invalid_path");
  const session = await readSession(c);
  if (!session) return respondNoToken(c, provider, { kind: "not_connected" });

  const keeper = linkKeeper(c, provider.id, session);
  const outcome = await callProvider(c.req.raw, provider, upstream.url, path.root, keeper);
  // A plain Response drops what was set on the context before: the session's cookie comes after it.
  if (outcome.kind === "answer") c.res = passAnswer(upstream, outcome.answer);
  await keeper.renewSession();
  switch (outcome.kind) {
    case "answer":
      return c.res;
    case "unknown_site":
      return respondProblem(c, outcome.kind);
    default:
      return respondNoToken(c, provider, outcome);
  }
}

async function callProvider(
  received: Request,
  provider: Provider,
  url: string,
  root: string,
  keeper: KeeperLink,
): Promise<Outcome> {
  const token = await keeper.readToken();
  if (token.kind !== "token") return token;
  const obstacle = await checkSite(keeper, provider, token, root);
  if (obstacle) return obstacle;

  const { method, headers } = received;
  const body = await readRequestBody(received);
  const request = { provider, url, method, headers, body };
  const answer = await sendUpstream(request, token.accessToken);
  if (!answer) return NO_ANSWER;
  if (!body.isReplayable || !(await isTokenRefused(provider, answer))) {
    return { kind: "answer", answer };
  }
  const newer = await keeper.forceRefresh(await sha256(token.accessToken));
  // It was forced a moment ago: the provider does not take the newest one either.
  if (newer.kind === "token" && newer.accessToken === token.accessToken) {
    return { kind: "answer", answer };
  }
  await answer.body?.cancel();
  if (newer.kind !== "token") return newer;
  const second = await sendUpstream(request, newer.accessToken);
  return second ? { kind: "answer", answer: second } : NO_ANSWER;
}

/** Status and body as they came, and of the headers those that may pass. */
function passAnswer({ toLocation }: Upstream, { status, headers, body }: Response): Response {
  return new Response(body, { status, headers: responseHeaders(headers, toLocation) });
}
