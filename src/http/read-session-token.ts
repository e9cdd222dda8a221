import type { ProviderId } from "../providers/provider.ts";
import type { OpenedSession } from "../session/session.ts";
import { logFailure } from "../shared/log-event.ts";
import { readToken, type TokenReading } from "../tokens/read-token.ts";
import type { AppContext } from "./app-types.ts";
import { askKeeper } from "./ask-keeper.ts";

/** A usable access token for a session: from memory or KV, else from the object. */
export function readSessionToken(
  c: AppContext,
  provider: ProviderId,
  session: OpenedSession,
): Promise<TokenReading> {
  return readToken(
    {
      kv: c.env.TOKENS,
      keyring: c.get("config").keyring,
      background: (work) => c.executionCtx.waitUntil(logFailure(work)),
      ask: (owner, ask) => askKeeper(c, owner, ask),
    },
    session,
    provider,
    Date.now(),
  );
}
