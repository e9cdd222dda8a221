import type { ProviderClient } from "../providers/provider-client.ts";
import { parseJsonObject } from "../shared/json.ts";
import { readText } from "../shared/read-text.ts";
import { SECOND_MS, toTimestamp } from "../shared/time.ts";
import type { TokenAnswer } from "../tokens/token-answer.ts";
import { REFRESH_REQUEST, type Token } from "./answer-schemas.ts";
import type { AppContext } from "./app-types.ts";
import { askForSession } from "./ask-for-session.ts";
import { readSessionToken } from "./read-session-token.ts";
import { respondNoToken } from "./respond-no-token.ts";
import { type ProblemAnswer, respondProblem } from "./respond-problem.ts";
import { readSession, updateSession } from "./session-cookie.ts";

const MAX_BODY_BYTES = 1_024;
const SHA256_BASE64URL = new RegExp(REFRESH_REQUEST.properties.rejected.pattern);

/** `GET /connections/{provider}/token`: a usable access token. */
export async function tokenRoute(
  c: AppContext,
  client: ProviderClient,
): Promise<Token | ProblemAnswer> {
  if (!c.get("config").tokenEndpoint) return respondProblem(c, "token_endpoint_disabled");
  const session = await readSession(c);
  if (!session) return respondToken(c, client, { kind: "not_connected" });
  const reading = await readSessionToken(c, client.provider.id, session);
  if (reading.asked) await updateSession(c, session, reading.session);
  return respondToken(c, client, reading.answer);
}

/** `POST /connections/{provider}/refresh`: for a caller whose token the provider rejected early. */
export async function refreshRoute(
  c: AppContext,
  client: ProviderClient,
): Promise<Token | ProblemAnswer> {
  if (!c.get("config").tokenEndpoint) return respondProblem(c, "token_endpoint_disabled");
  const text = await readText(c.req.raw.body, MAX_BODY_BYTES);
  const rejected = text === undefined ? undefined : parseJsonObject(text)?.rejected;
  if (typeof rejected !== "string" || !SHA256_BASE64URL.test(rejected)) {
    return respondProblem(c, "invalid_request");
  }
  const session = await readSession(c);
  if (!session) return respondToken(c, client, { kind: "not_connected" });
  const answer = await askForSession(c, session, (keeper) =>
    keeper.forceRefresh(client.provider.id, session.id, rejected),
  );
  return respondToken(c, client, answer);
}

function respondToken(
  c: AppContext,
  client: ProviderClient,
  answer: TokenAnswer,
): Token | ProblemAnswer {
  if (answer.kind !== "token") return respondNoToken(c, client.provider, answer);
  return {
    access_token: answer.accessToken,
    token_type: "Bearer",
    expires_at: toTimestamp(answer.expiresAt),
    expires_in: Math.max(0, Math.floor((answer.expiresAt - Date.now()) / SECOND_MS)),
    scopes: answer.scopes,
  };
}
