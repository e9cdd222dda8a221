import { jsonAnswer } from "./answer.ts";
import type { Answer } from "./answer.ts";
import type { LoggedRequest } from "./emulator-protocol.ts";
import { emulatorNow } from "./emulator-state.ts";
import type { EmulatorState } from "./emulator-state.ts";
import { contentType, textField } from "./read-request.ts";
import { redeemCode } from "./redeem-code.ts";
import { refreshGrant } from "./refresh-grant.ts";
import { tokenAnswer } from "./token-answer.ts";

const WRONG_CLIENT = oauthError(400, "unauthorized_client", "Invalid OAuth client credentials");
const BAD_CODE = oauthError(400, "invalid_grant", "The specified code is not valid.");
const UNKNOWN_REFRESH_TOKEN = oauthError(400, "invalid_request", "Invalid refresh_token");

const DEAD_REFRESH_TOKEN = {
  unauthorized_client: oauthError(403, "unauthorized_client", "refresh_token is invalid"),
  invalid_request: UNKNOWN_REFRESH_TOKEN,
  invalid_grant: oauthError(400, "invalid_grant", "The refresh token is no longer valid."),
  inactive: oauthError(403, "access_denied", "The user associated with this token is inactive."),
};

/** `POST /site/oauth2/access_token` */
export function answerBitbucketToken(request: LoggedRequest, state: EmulatorState): Answer {
  if (request.method !== "POST") return jsonAnswer(405, {}, { allow: "POST" });
  if (contentType(request) !== "application/x-www-form-urlencoded") return unsupported("None");
  if (!hasClientCredentials(request, state)) return WRONG_CLIENT;
  const grantType = textField(request, "grant_type");
  if (grantType === "authorization_code") {
    const family = redeemCode(state, "bitbucket", request);
    return family === undefined ? BAD_CODE : tokenAnswer(state, family, grantType);
  }
  if (grantType === "refresh_token") return answerRefresh(request, state);
  return unsupported(grantType ?? "None");
}

function answerRefresh(request: LoggedRequest, state: EmulatorState): Answer {
  const outcome = refreshGrant(state.grants, state.settings, {
    provider: "bitbucket",
    token: textField(request, "refresh_token") ?? "",
    now: emulatorNow(state),
  });
  switch (outcome.kind) {
    case "refreshed":
      return tokenAnswer(state, outcome.family, "refresh_token", outcome.used);
    case "unknown":
      return UNKNOWN_REFRESH_TOKEN;
    case "dead":
      return DEAD_REFRESH_TOKEN[state.settings.deadRefreshAnswer.bitbucket];
    case "wrong_client":
      return WRONG_CLIENT;
  }
}

function hasClientCredentials(request: LoggedRequest, state: EmulatorState): boolean {
  const { id, secret } = state.clients.bitbucket;
  const [scheme = "", encoded = ""] = (request.headers["authorization"] ?? "").split(" ");
  if (scheme.toLowerCase() === "basic") {
    return Buffer.from(encoded, "base64").toString() === `${id}:${secret}`;
  }
  return textField(request, "client_id") === id && textField(request, "client_secret") === secret;
}

function unsupported(grantType: string): Answer {
  return oauthError(400, "invalid_grant", `Unsupported grant type: ${grantType}`);
}

function oauthError(status: number, error: string, error_description: string): Answer {
  return jsonAnswer(status, { error, error_description }, { "cache-control": "no-store" });
}
