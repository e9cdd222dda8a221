import { answerAtlassianApi } from "./answer-atlassian-api.ts";
import { answerAtlassianToken } from "./answer-atlassian-token.ts";
import { textAnswer } from "./answer.ts";
import type { Answer } from "./answer.ts";
import { answerAuthorize } from "./answer-authorize.ts";
import { answerBitbucketApi } from "./answer-bitbucket-api.ts";
import { answerBitbucketToken } from "./answer-bitbucket-token.ts";
import type { Endpoint, LoggedRequest, Provider } from "./emulator-protocol.ts";
import type { EmulatorState } from "./emulator-state.ts";

export interface Route {
  readonly provider: Provider | null;
  readonly endpoint: Endpoint;
  readonly path: string;
  readonly answer: (request: LoggedRequest, state: EmulatorState) => Answer;
}

/** Compares raw paths, with no dot segment resolved: what arrives is what was sent. */
export function routeRequest(rawPath: string): Route {
  const prefix = /^\/[^/]*/.exec(rawPath)?.[0] ?? "";
  const path = rawPath.slice(prefix.length);
  switch (prefix) {
    case "/bitbucket":
      return bitbucketSite(path);
    case "/atlassian":
      return atlassianSite(path);
    case "/bitbucket-api": {
      const endpoint = path === "/2.0/user" ? "identity" : "api";
      return { provider: "bitbucket", endpoint, path, answer: answerBitbucketApi };
    }
    case "/atlassian-api":
      return { provider: "jira", endpoint: atlassianApi(path), path, answer: answerAtlassianApi };
    default:
      return { provider: null, endpoint: "other", path: rawPath, answer: notFound };
  }
}

function bitbucketSite(path: string): Route {
  if (path === "/site/oauth2/authorize") return authorizeRoute("bitbucket", path);
  const token = path === "/site/oauth2/access_token";
  const answer = token ? answerBitbucketToken : notFound;
  return { provider: "bitbucket", endpoint: token ? "token" : "other", path, answer };
}

function atlassianSite(path: string): Route {
  if (path === "/authorize") return authorizeRoute("jira", path);
  const token = path === "/oauth/token";
  const answer = token ? answerAtlassianToken : notFound;
  return { provider: "jira", endpoint: token ? "token" : "other", path, answer };
}

function authorizeRoute(provider: Provider, path: string): Route {
  const answer: Route["answer"] = (request, state) => answerAuthorize(provider, request, state);
  return { provider, endpoint: "authorize", path, answer };
}

function atlassianApi(path: string): Endpoint {
  if (path === "/oauth/token/accessible-resources") return "sites";
  return path === "/me" || path.endsWith("/rest/api/3/myself") ? "identity" : "api";
}

function notFound(): Answer {
  return textAnswer(404, "Not found");
}
