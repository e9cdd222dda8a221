import { jsonAnswer } from "./answer.ts";
import type { Answer } from "./answer.ts";
import type { LoggedRequest } from "./emulator-protocol.ts";
import { emulatorNow } from "./emulator-state.ts";
import type { EmulatorState } from "./emulator-state.ts";
import { textField } from "./read-request.ts";
import { redeemCode } from "./redeem-code.ts";
import { refreshGrant } from "./refresh-grant.ts";
import { tokenAnswer } from "./token-answer.ts";

const UNAUTHORIZED = oauthError(401, "access_denied", "Unauthorized");
const BAD_CODE = oauthError(403, "invalid_request", "authorization_code is invalid");

const DEAD_REFRESH_TOKEN = {
  unauthorized_client: oauthError(403, "unauthorized_client", "refresh_token is invalid"),
  invalid_grant: oauthError(403, "invalid_grant", "Unknown or invalid refresh token."),
  globally_revoked: oauthError(403, "invalid_grant", "Token was globally revoked"),
};

/** `POST /oauth/token`, form or JSON */
export function answerAtlassianToken(request: LoggedRequest, state: EmulatorState): Answer {
  if (request.method !== "POST") return jsonAnswer(405, {}, { allow: "POST" });
  const { id, secret } = state.clients.jira;
  if (textField(request, "client_id") !== id) return UNAUTHORIZED;
  if (textField(request, "client_secret") !== secret) return UNAUTHORIZED;
  const grantType = textField(request, "grant_type");
  if (grantType === "authorization_code") {
    const family = redeemCode(state, "jira", request);
    return family === undefined ? BAD_CODE : tokenAnswer(state, family, grantType);
  }
  if (grantType === "refresh_token") return answerRefresh(request, state);
  return oauthError(403, "unsupported_grant_type", "Unsupported grant type");
}

function answerRefresh(request: LoggedRequest, state: EmulatorState): Answer {
  const outcome = refreshGrant(state.grants, state.settings, {
    provider: "jira",
    token: textField(request, "refresh_token") ?? "",
    now: emulatorNow(state),
  });
  switch (outcome.kind) {
    case "refreshed":
      return tokenAnswer(state, outcome.family, "refresh_token", outcome.used);
    case "unknown":
      return DEAD_REFRESH_TOKEN.unauthorized_client;
    case "dead":
    case "wrong_client":
      return DEAD_REFRESH_TOKEN[state.settings.deadRefreshAnswer.jira];
  }
}

function oauthError(status: number, error: string, error_description: string): Answer {
  return jsonAnswer(status, { error, error_description }, { "cache-control": "no-store" });
}
