import { jsonAnswer, textAnswer } from "./answer.ts";
import type { Answer } from "./answer.ts";
import { apiAccess, countApiCall } from "./api-access.ts";
import type { RateLimit } from "./api-access.ts";
import { bitbucketRoutes } from "./bitbucket-routes.ts";
import type { LoggedRequest } from "./emulator-protocol.ts";
import type { EmulatorState } from "./emulator-state.ts";

const UNAUTHORIZED = {
  current: "Token is invalid, expired, or not supported for this endpoint.",
  older: "Access token expired. Use your refresh token to obtain a new access token.",
};

/** Everything below `BITBUCKET_API_URL`. */
export function answerBitbucketApi(request: LoggedRequest, state: EmulatorState): Answer {
  const access = apiAccess("bitbucket", request, state);
  if (access.kind !== "granted") {
    const message = UNAUTHORIZED[state.settings.bitbucketUnauthorized];
    const challenge = { "www-authenticate": 'OAuth realm="Bitbucket.org HTTP"' };
    return withHeaders(bitbucketError(401, message, undefined, challenge));
  }
  const { grant } = access;
  const rate = countApiCall(grant, state);
  if (rate.exceeded) {
    const refusal = textAnswer(429, "Rate limit for this resource has been exceeded");
    return withHeaders(refusal, rateHeaders(rate));
  }
  const method = request.method === "HEAD" ? "GET" : request.method;
  const path = request.path.replace(/(?<=.)\/$/, "");
  for (const route of bitbucketRoutes) {
    const found = route.method === method ? route.path.exec(path) : null;
    if (found === null) continue;
    if (!grant.scopes.includes(route.scope)) {
      const detail = { required: [route.scope], granted: grant.scopes };
      const message = "Your credentials lack one or more required privilege scopes.";
      return withHeaders(bitbucketError(403, message, detail), rateHeaders(rate));
    }
    const answer = route.answer({ request, state, grant, segments: found.slice(1) });
    return withHeaders(answer, rateHeaders(rate));
  }
  return withHeaders(bitbucketError(404, "Resource not found"), rateHeaders(rate));
}

function bitbucketError(
  status: number,
  message: string,
  detail?: unknown,
  headers: Answer["headers"] = {},
): Answer {
  return jsonAnswer(status, { type: "error", error: { message, detail } }, headers);
}

function rateHeaders(rate: RateLimit): Answer["headers"] {
  return {
    "x-ratelimit-resource": "api-repositories",
    "x-ratelimit-limit": String(rate.limit),
    "x-ratelimit-remaining": String(rate.remaining),
    "x-ratelimit-reset": String(rate.resetSeconds),
  };
}

// Headers of their own origin, which must not get to anybody else's.
function withHeaders(answer: Answer, headers: Answer["headers"] = {}): Answer {
  const own = {
    "set-cookie": ["csrftoken=emulated-bitbucket-cookie; Path=/; Secure", "bb=1; Path=/"],
    "strict-transport-security": "max-age=31536000; includeSubDomains; preload",
    "content-security-policy": "script-src 'unsafe-inline' https://emulated-bitbucket.invalid",
    "access-control-allow-origin": "*",
    "x-frame-options": "SAMEORIGIN",
    link: "<https://emulated-bitbucket.invalid/style.css>; rel=preload; as=style",
  };
  return { ...answer, headers: { ...own, ...headers, ...answer.headers } };
}
