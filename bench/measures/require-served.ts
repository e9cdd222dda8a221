import type { Answer, Contender } from "../contender.ts";
import type { FakeProvider } from "../provider/fake-provider.ts";
import { isServed } from "./is-served.ts";

/** Throws an `Error` unless a read brought what it is for: nobody is measured who only fails. */
export function requireServed(contender: Contender, provider: FakeProvider, answer: Answer): void {
  if (isServed(contender, provider, answer)) return;
  throw new Error(`${contender.name}: a read answered ${answer.status} ${answer.text}`);
}
