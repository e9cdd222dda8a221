import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { abortAfter } from "../../src/shared/abort-after.ts";

beforeEach(() => void vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] }));
afterEach(() => void vi.useRealTimers());

test("work that is done in time leaves no timer behind, whether it succeeds or fails", async () => {
  expect(await abortAfter(15_000, () => Promise.resolve("done"))).toBe("done");
  expect(vi.getTimerCount()).toBe(0);
  const failing = () => Promise.reject(new Error("broken"));
  await expect(abortAfter(15_000, failing)).rejects.toThrow("broken");
  expect(vi.getTimerCount()).toBe(0);
});

test("the signal comes when the time is up, and not a moment earlier", async () => {
  let signal: AbortSignal | undefined;
  void abortAfter(15_000, (given) => {
    signal = given;
    return new Promise(() => undefined);
  });
  await vi.advanceTimersByTimeAsync(14_999);
  expect(signal?.aborted).toBe(false);
  await vi.advanceTimersByTimeAsync(1);
  expect(signal?.aborted).toBe(true);
});
