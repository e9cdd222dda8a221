import type { ProviderClient } from "../providers/provider-client.ts";
import { parseJsonObject } from "../shared/json.ts";
import { logFailure } from "../shared/log-event.ts";
import { SECOND_MS, toTimestamp } from "../shared/time.ts";
import { readToken } from "../tokens/read-token.ts";
import type { TokenAnswer } from "../tokens/token-answer.ts";
import type { AppContext } from "./app-types.ts";
import { askForSession } from "./ask-for-session.ts";
import { askKeeper } from "./ask-keeper.ts";
import { connectUrl } from "./connection-view.ts";
import { respondProblem } from "./respond-problem.ts";
import { readSession, updateSession } from "./session-cookie.ts";

const SHA256_BASE64URL = /^[A-Za-z0-9_-]{43}$/;

/** `GET /connections/{provider}/token`: a usable access token. */
export async function tokenRoute(c: AppContext, client: ProviderClient): Promise<Response> {
  if (!c.var.config.tokenEndpoint) return respondProblem(c, "token_endpoint_disabled");
  const session = await readSession(c);
  if (!session) return respondToken(c, client, { kind: "not_connected" });
  const reading = await readToken(
    {
      kv: c.env.TOKENS,
      keyring: c.var.config.keyring,
      background: (work) => c.executionCtx.waitUntil(logFailure(work)),
      ask: (owner, ask) => askKeeper(c, owner, ask),
    },
    session,
    client.provider.id,
    Date.now(),
  );
  if (reading.asked) await updateSession(c, session, reading.session);
  return respondToken(c, client, reading.answer);
}

/** `POST /connections/{provider}/refresh`: for a caller whose token the provider rejected early. */
export async function refreshRoute(c: AppContext, client: ProviderClient): Promise<Response> {
  if (!c.var.config.tokenEndpoint) return respondProblem(c, "token_endpoint_disabled");
  const rejected = parseJsonObject(await c.req.text())?.rejected;
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

function respondToken(c: AppContext, { provider }: ProviderClient, answer: TokenAnswer): Response {
  switch (answer.kind) {
    case "token":
      return c.json({
        access_token: answer.accessToken,
        token_type: "Bearer",
        expires_at: toTimestamp(answer.expiresAt),
        expires_in: Math.max(0, Math.floor((answer.expiresAt - Date.now()) / SECOND_MS)),
        scopes: answer.scopes,
      });
    case "not_connected":
    case "reconnect_required": {
      const url = connectUrl(c.var.config.publicOrigin, provider.id);
      return respondProblem(c, answer.kind, { connectUrl: url });
    }
    case "provider_unavailable":
      return respondProblem(c, answer.kind, { retryAfterSeconds: answer.retryAfterSeconds });
    case "provider_misconfigured":
      return respondProblem(c, answer.kind);
  }
}
