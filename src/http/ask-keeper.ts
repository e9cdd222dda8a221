import type { OwnerId } from "../shared/owner-id.ts";
import { SECOND_MS } from "../shared/time.ts";
import type { TokenKeeper } from "../tokens/token-keeper.ts";
import type { AppContext } from "./app-types.ts";
import { thenForget } from "./then-forget.ts";

/** A second attempt must not take the caller past the 20 seconds that an answer may need. */
const REPEAT_WITHIN_MS = 2 * SECOND_MS;

type Ask<Answer> = (keeper: DurableObjectStub<TokenKeeper>) => Promise<Answer>;

/** Asks an owner's object something that may be asked twice. */
export function askKeeper<Answer>(
  c: AppContext,
  owner: OwnerId,
  ask: Ask<Answer>,
): Promise<Answer> {
  return thenForget(c, owner, askAgainIfLost(c, owner, ask));
}

/**
 * When the platform says that the call got lost at once and can be repeated, it is, once, on a new
 * stub: one that threw stays broken.
 */
async function askAgainIfLost<Answer>(
  c: AppContext,
  owner: OwnerId,
  ask: Ask<Answer>,
): Promise<Answer> {
  const askedAt = Date.now();
  try {
    return await ask(c.env.TOKEN_KEEPER.getByName(owner));
  } catch (error) {
    if (!isRetryable(error) || Date.now() - askedAt > REPEAT_WITHIN_MS) throw error;
    return ask(c.env.TOKEN_KEEPER.getByName(owner));
  }
}

function isRetryable(error: unknown): boolean {
  const { retryable, overloaded } = error as { retryable?: boolean; overloaded?: boolean };
  return retryable === true && overloaded !== true;
}
