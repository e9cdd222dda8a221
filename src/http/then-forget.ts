import type { OwnerId } from "../shared/owner-id.ts";
import { forgetTokens } from "../tokens/remembered-tokens.ts";
import type { AppContext } from "./app-types.ts";

/**
 * Has this isolate forget an owner's tokens once their object answered or failed: what is remembered
 * must not outlive what the object did. Also when the caller goes away meanwhile.
 */
export function thenForget<Answer>(
  c: AppContext,
  owner: OwnerId,
  asked: Promise<Answer>,
): Promise<Answer> {
  const answered = asked.finally(() => forgetTokens(c.get("config").keyring, owner));
  c.executionCtx.waitUntil(Promise.allSettled([answered]));
  return answered;
}
