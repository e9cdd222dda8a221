import type { Answer, Contender } from "../contender.ts";
import type { FakeProvider } from "../provider/fake-provider.ts";

/** Whether a read brought what it is for: a token that the provider takes by now. */
export function isServed(contender: Contender, provider: FakeProvider, answer: Answer): boolean {
  if (answer.status !== 200) return false;
  return contender.isServed?.(answer) ?? provider.accepts(contender.tokenIn?.(answer) ?? "");
}
