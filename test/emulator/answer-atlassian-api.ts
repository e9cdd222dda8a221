import { accountOf } from "./accounts.ts";
import { jsonAnswer, textAnswer } from "./answer.ts";
import type { Answer } from "./answer.ts";
import { apiAccess, countApiCall } from "./api-access.ts";
import type { RateLimit } from "./api-access.ts";
import type { LoggedRequest } from "./emulator-protocol.ts";
import { emulatorNow } from "./emulator-state.ts";
import type { EmulatorState } from "./emulator-state.ts";
import type { Grant } from "./grant-store.ts";
import { jiraRoutes } from "./jira-routes.ts";

/** Everything below `ATLASSIAN_API_URL`. */
export function answerAtlassianApi(request: LoggedRequest, state: EmulatorState): Answer {
  const jira = /^\/ex\/jira\/([^/]+)(\/.*)$/.exec(request.path);
  const access = apiAccess("jira", request, state);
  if (access.kind === "expired" && jira !== null) return expired(state.settings.jiraExpiredStatus);
  if (access.kind !== "granted") return expired(401);
  const { grant } = access;
  const rate = countApiCall(grant, state);
  if (rate.exceeded) return withHeaders(tooMany(rate, state));
  const method = request.method === "HEAD" ? "GET" : request.method;
  const answer =
    jira === null
      ? answerPlatform(`${method} ${request.path}`, grant)
      : answerJira({ request, state, grant, method, cloudId: jira[1] ?? "", path: jira[2] ?? "" });
  const resetAt = new Date(emulatorNow(state) + rate.resetSeconds * 1000).toISOString();
  return withHeaders(answer, {
    "x-ratelimit-limit": String(rate.limit),
    "x-ratelimit-remaining": String(rate.remaining),
    "x-ratelimit-reset": resetAt,
  });
}

function answerPlatform(target: string, grant: Grant): Answer {
  if (target === "GET /oauth/token/accessible-resources") return jsonAnswer(200, resources(grant));
  if (target !== "GET /me") return jsonAnswer(404, { code: 404, message: "Not Found" });
  if (!grant.scopes.includes("read:me")) return scopeMissing();
  const { accountId, displayName, email } = accountOf(grant.account);
  return jsonAnswer(200, { account_id: accountId, name: displayName, email });
}

// One entry per site and product, so that ids repeat.
function resources({ sites, scopes }: Grant): unknown[] {
  return sites.flatMap(({ id, name, url, products }) =>
    products.map((product) => ({
      id,
      name,
      url,
      scopes:
        product === "jira"
          ? scopes.filter((scope) => scope.includes(":jira"))
          : ["read:confluence-space.summary"],
      avatarUrl: `https://site-admin-avatars.emulated-atlassian.invalid/${product}.png`,
    })),
  );
}

interface JiraCall {
  readonly request: LoggedRequest;
  readonly state: EmulatorState;
  readonly grant: Grant;
  readonly method: string;
  readonly cloudId: string;
  readonly path: string;
}

function answerJira({ request, state, grant, method, cloudId, path }: JiraCall): Answer {
  const site = grant.sites.find(({ id }) => id === cloudId);
  if (site === undefined) return jsonAnswer(404, { code: 404, message: "No message available" });
  for (const route of jiraRoutes) {
    const found = route.method === method ? route.path.exec(path) : null;
    if (found === null) continue;
    if (!grant.scopes.includes(route.scope)) return scopeMissing();
    return route.answer({ request, state, grant, site, segments: found.slice(1) });
  }
  return jsonAnswer(404, { errorMessages: ["No endpoint matches this request."], errors: {} });
}

function expired(status: 401 | 403 | 404): Answer {
  const message = { 401: "Unauthorized", 403: "Forbidden", 404: "Not Found" }[status];
  const challenge = { "www-authenticate": 'Bearer realm="emulated-atlassian"' };
  return withHeaders(
    jsonAnswer(status, { code: status, message }, status === 401 ? challenge : {}),
  );
}

function scopeMissing(): Answer {
  return jsonAnswer(401, { code: 401, message: "Unauthorized; scope does not match" });
}

function tooMany({ resetSeconds }: RateLimit, state: EmulatorState): Answer {
  return textAnswer(429, '{"errorMessages":["Rate limit exceeded."]}', {
    "content-type": "application/json",
    "retry-after": String(resetSeconds),
    "x-ratelimit-reset": new Date(emulatorNow(state) + resetSeconds * 1000).toISOString(),
    "ratelimit-reason": "jira-quota-based",
  });
}

// Headers of their own origin, which must not get to anybody else's.
function withHeaders(answer: Answer, headers: Answer["headers"] = {}): Answer {
  const own = {
    "set-cookie": ["atlassian.xsrf.token=emulated-atlassian-cookie; Path=/; Secure"],
    "strict-transport-security": "max-age=63072000; includeSubDomains; preload",
    "content-security-policy": "sandbox allow-scripts",
    "x-frame-options": "SAMEORIGIN",
    link: "<https://emulated-atlassian.invalid/style.css>; rel=preload; as=style",
  };
  return { ...answer, headers: { ...own, ...headers, ...answer.headers } };
}
