import type { OwnerId } from "../shared/owner-id.ts";
import type { TokenKeeper } from "../tokens/token-keeper.ts";
import type { AppContext } from "./app-types.ts";

/**
 * Asks an owner's object something that may be asked twice. When the platform says that the call
 * got lost and can be repeated, it is, once, on a new stub: one that threw stays broken.
 */
export async function askKeeper<Answer>(
  c: AppContext,
  owner: OwnerId,
  ask: (keeper: DurableObjectStub<TokenKeeper>) => Promise<Answer>,
): Promise<Answer> {
  try {
    return await ask(c.env.TOKEN_KEEPER.getByName(owner));
  } catch (error) {
    if (!isRetryable(error)) throw error;
    return ask(c.env.TOKEN_KEEPER.getByName(owner));
  }
}

function isRetryable(error: unknown): boolean {
  const { retryable, overloaded } = error as { retryable?: boolean; overloaded?: boolean };
  return retryable === true && overloaded !== true;
}
