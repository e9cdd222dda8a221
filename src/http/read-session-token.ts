import type { ProviderClient } from "../providers/provider-client.ts";
import type { Session } from "../session/session.ts";
import { logFailure } from "../shared/log-event.ts";
import { readToken } from "../tokens/read-token.ts";
import type { TokenAnswer } from "../tokens/token-answer.ts";
import type { AppContext } from "./app-types.ts";
import { askKeeper } from "./ask-keeper.ts";
import { updateSession } from "./session-cookie.ts";

/** A usable access token for a session: from KV, or from the object and then with its cookie. */
export async function readSessionToken(
  c: AppContext,
  { provider }: ProviderClient,
  session: Session,
): Promise<TokenAnswer> {
  const reading = await readToken(
    {
      kv: c.env.TOKENS,
      keyring: c.var.config.keyring,
      background: (work) => c.executionCtx.waitUntil(logFailure(work)),
      ask: (owner, ask) => askKeeper(c, owner, ask),
    },
    session,
    provider.id,
    Date.now(),
  );
  if (reading.asked) await updateSession(c, session, reading.session);
  return reading.answer;
}
