import { vi } from "vitest";
import { kvPrototype } from "../../journeys/kv-copy.ts";

const WRITE_DEADLINE_MS = 5_000;

/**
 * Lets a write that never answers be given up soon; one that does has its time. Its timer is the
 * next one that is set after it, in the same block; a lookup has as many seconds, and its timer is
 * not meant.
 */
export function shortenWriteDeadline(isStruck = (_key: string) => true): void {
  const { setTimeout } = globalThis;
  const spies = [vi.spyOn(kvPrototype, "put"), vi.spyOn(kvPrototype, "delete")];
  let timed = 0;
  vi.spyOn(globalThis, "setTimeout").mockImplementation((work, ms) => {
    const writes = spies.flatMap(({ mock }) =>
      mock.calls.map(([key], index) => ({ key, order: mock.invocationCallOrder[index] ?? 0 })),
    );
    const newest = writes.toSorted((a, b) => b.order - a.order)[0];
    const isOfWrite = ms === WRITE_DEADLINE_MS && writes.length > timed;
    timed = writes.length;
    return setTimeout(work, isOfWrite && newest && isStruck(newest.key) ? 10 : ms);
  });
}

/** Makes writes fail, all of them or those of some keys, until all mocks are taken back. */
export function failWrites(answer: () => Promise<never>, isStruck = (_key: string) => true) {
  const [put, erase] = [kvPrototype.put, kvPrototype.delete];
  shortenWriteDeadline(isStruck);
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
