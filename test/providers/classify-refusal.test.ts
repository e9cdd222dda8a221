import { expect, test } from "vitest";
import {
  classifyAuthorizationError,
  classifyExchangeRefusal,
  classifyRefreshRefusal,
  type ExchangeFailure,
  type RefreshRefusal,
} from "../../src/providers/classify-refusal.ts";
import type { ProviderId } from "../../src/providers/provider.ts";
import { PROVIDERS } from "../../src/providers/providers.ts";

type Case<Verdict> = readonly [
  provider: ProviderId,
  status: number,
  error: string | undefined,
  description: string,
  verdict: Verdict,
];

const WRONG_CREDENTIALS = "Invalid OAuth client credentials";
const INACTIVE = "The user associated with this token is inactive.";

const REFRESHES: readonly Case<RefreshRefusal>[] = [
  // Dead: what either provider says of a refresh token that is no more.
  ["jira", 403, "unauthorized_client", "refresh_token is invalid", "dead"],
  ["jira", 403, "invalid_grant", "Unknown or invalid refresh token.", "dead"],
  ["jira", 403, "invalid_grant", "Token was globally revoked", "dead"],
  ["jira", 403, "unauthorized_client", "Token was globally revoked", "dead"],
  ["jira", 400, "invalid_grant", "", "dead"],
  ["bitbucket", 403, "unauthorized_client", "refresh_token is invalid", "dead"],
  ["bitbucket", 400, "invalid_request", "Invalid refresh_token", "dead"],
  ["bitbucket", 400, "invalid_grant", "The refresh token is no longer valid.", "dead"],
  ["bitbucket", 400, "invalid_grant", "Unsupported grant type: None", "dead"],
  ["bitbucket", 400, "unauthorized_client", "Refresh token was revoked", "dead"],
  ["bitbucket", 400, "invalid_request", "The refresh token has expired", "dead"],
  ["bitbucket", 400, "invalid_request", "Refresh token was revoked", "dead"],
  ["bitbucket", 403, "access_denied", INACTIVE, "dead"],
  ["bitbucket", 400, "access_denied", "User is INACTIVE", "dead"],
  // Misconfigured: the deployment's own credentials.
  ["jira", 401, "access_denied", "Unauthorized", "misconfigured"],
  ["jira", 403, "access_denied", "Unauthorized", "misconfigured"],
  ["jira", 401, "unauthorized_client", "refresh_token is invalid", "misconfigured"],
  ["jira", 401, "invalid_request", "Invalid refresh_token", "misconfigured"],
  ["jira", 400, "invalid_client", "", "misconfigured"],
  ["bitbucket", 401, "invalid_client", "", "misconfigured"],
  ["bitbucket", 401, "unauthorized_client", "refresh_token is invalid", "misconfigured"],
  ["bitbucket", 400, "invalid_client", "client is unknown", "misconfigured"],
  // Doubtful: Bitbucket's text for wrong credentials, which a spent token gets as well.
  ["bitbucket", 400, "unauthorized_client", WRONG_CREDENTIALS, "doubtful"],
  ["bitbucket", 403, "unauthorized_client", WRONG_CREDENTIALS.toUpperCase(), "doubtful"],
  // Unavailable: everything that proves nothing.
  ["jira", 400, "unauthorized_client", WRONG_CREDENTIALS, "unavailable"],
  ["jira", 403, "unauthorized_client", "", "unavailable"],
  ["jira", 403, "access_denied", "Forbidden", "unavailable"],
  ["jira", 400, "invalid_request", "grant_type is missing", "unavailable"],
  ["jira", 400, "invalid_request", "client_id is invalid", "unavailable"],
  ["jira", 403, "invalid_request", "authorization_code is invalid", "unavailable"],
  ["bitbucket", 400, "invalid_scope", "", "unavailable"],
  ["bitbucket", 400, "unsupported_grant_type", "", "unavailable"],
  ["bitbucket", 400, "access_denied", "Unauthorized", "unavailable"],
  ["bitbucket", 200, undefined, "", "unavailable"],
  ["bitbucket", 302, undefined, "", "unavailable"],
  ["bitbucket", 307, undefined, "", "unavailable"],
  ["bitbucket", 400, undefined, "", "unavailable"],
  ["jira", 401, undefined, "", "unavailable"],
  ["bitbucket", 403, undefined, "refresh_token is invalid", "unavailable"],
  ["bitbucket", 404, undefined, "", "unavailable"],
  // A busy or broken provider is believed nothing.
  ["jira", 429, "invalid_grant", "refresh_token is invalid", "unavailable"],
  ["jira", 500, "invalid_grant", "refresh_token is invalid", "unavailable"],
  ["jira", 503, "unauthorized_client", "refresh_token is invalid", "unavailable"],
  ["bitbucket", 502, "invalid_client", "", "unavailable"],
  ["bitbucket", 503, "unauthorized_client", WRONG_CREDENTIALS, "unavailable"],
  ["bitbucket", 500, "access_denied", INACTIVE, "unavailable"],
];

test.each(REFRESHES)("refresh at %s: %s %s %j is %s", (id, status, error, description, verdict) => {
  expect(classifyRefreshRefusal(PROVIDERS[id], { status, error, description })).toBe(verdict);
});

const EXCHANGES: readonly Case<ExchangeFailure>[] = [
  ["bitbucket", 400, "invalid_grant", "The specified code is not valid.", "provider_rejected"],
  ["jira", 403, "invalid_request", "authorization_code is invalid", "provider_rejected"],
  ["jira", 400, "invalid_request", "authorization_code is invalid", "provider_rejected"],
  ["jira", 403, "access_denied", "Forbidden", "provider_rejected"],
  ["jira", 400, "invalid_scope", "", "provider_rejected"],
  ["jira", 400, undefined, "", "provider_rejected"],
  ["jira", 401, undefined, "", "provider_rejected"],
  ["jira", 302, undefined, "", "provider_rejected"],
  ["jira", 307, undefined, "", "provider_rejected"],
  ["bitbucket", 400, "unauthorized_client", WRONG_CREDENTIALS, "provider_misconfigured"],
  ["bitbucket", 401, "invalid_client", "", "provider_misconfigured"],
  ["bitbucket", 400, "invalid_client", "", "provider_misconfigured"],
  ["jira", 401, "access_denied", "Unauthorized", "provider_misconfigured"],
  ["jira", 403, "access_denied", "Unauthorized", "provider_misconfigured"],
  ["jira", 403, "unauthorized_client", "", "provider_misconfigured"],
  ["jira", 400, "server_error", "", "provider_unavailable"],
  ["jira", 400, "temporarily_unavailable", "", "provider_unavailable"],
  ["jira", 429, "invalid_request", "", "provider_unavailable"],
  ["jira", 500, undefined, "", "provider_unavailable"],
  ["jira", 502, "invalid_client", "", "provider_unavailable"],
  ["bitbucket", 503, "unauthorized_client", WRONG_CREDENTIALS, "provider_unavailable"],
  ["bitbucket", 504, "invalid_grant", "", "provider_unavailable"],
];

test.each(EXCHANGES)("code at %s: %s %s %j is %s", (id, status, error, description, verdict) => {
  expect(classifyExchangeRefusal(PROVIDERS[id], { status, error, description })).toBe(verdict);
});

test.each<[error: string, verdict: ExchangeFailure]>([
  ["server_error", "provider_unavailable"],
  ["temporarily_unavailable", "provider_unavailable"],
  ["unauthorized_client", "provider_misconfigured"],
  ["invalid_client", "provider_misconfigured"],
  ["invalid_request", "provider_rejected"],
  ["invalid_scope", "provider_rejected"],
  ["unsupported_response_type", "provider_rejected"],
  ["SERVER_ERROR", "provider_rejected"],
  ["constructor", "provider_rejected"],
  ["", "provider_rejected"],
])("the authorization error %s is %s", (error, verdict) => {
  expect(classifyAuthorizationError(error)).toBe(verdict);
});
