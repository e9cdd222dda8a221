import { vi } from "vitest";
import { kvPrototype } from "../journeys/kv-copy.ts";

/** What every KV binding inherits, the objects' own too. Take spies back with `vi.restoreAllMocks()`. */

const WRITE_DEADLINE_MS = 5_000;

/** Lets a write that never answers be given up soon. */
export function shortenWriteDeadline(): void {
  const { setTimeout } = globalThis;
  vi.spyOn(globalThis, "setTimeout").mockImplementation((work, ms) =>
    setTimeout(work, ms === WRITE_DEADLINE_MS && isSetByWrite() ? 10 : ms),
  );
}

/** A lookup has as many seconds: its timer is not meant. */
function isSetByWrite(): boolean {
  return new Error("who sets it?").stack?.includes("write-kv.ts") ?? false;
}

/** Makes writes fail, all of them or those of some keys, until all mocks are taken back. */
export function failWrites(answer: () => Promise<never>, isStruck = (_key: string) => true) {
  shortenWriteDeadline();
  const [put, erase] = [kvPrototype.put, kvPrototype.delete];
  vi.spyOn(kvPrototype, "put").mockImplementation(function fail(this: KVNamespace, key, ...rest) {
    return isStruck(key) ? answer() : Reflect.apply(put, this, [key, ...rest]);
  });
  vi.spyOn(kvPrototype, "delete").mockImplementation(function fail(this: KVNamespace, key) {
    return isStruck(key) ? answer() : Reflect.apply(erase, this, [key]);
  });
}

/** The keys of the writes since they began to fail. */
export function keysWritten(): string[] {
  const { put, delete: erase } = kvPrototype;
  return [...vi.mocked(put).mock.calls, ...vi.mocked(erase).mock.calls].map(([key]) => key);
}

/** The ways in which a write fails. */
export const WRITE_FAILURES: readonly {
  readonly failure: string;
  readonly answer: () => Promise<never>;
}[] = [
  { failure: "throws", answer: () => Promise.reject(new Error("KV is down")) },
  {
    failure: "is rate limited",
    answer: () => Promise.reject(new Error("KV PUT failed: 429 Too Many Requests")),
  },
  { failure: "hangs", answer: () => new Promise(() => undefined) },
];
