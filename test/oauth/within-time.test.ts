import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { withinTime } from "../../src/oauth/within-time.ts";

beforeEach(() => void vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] }));
afterEach(() => void vi.useRealTimers());

test("work that is done in time leaves no timer behind, whether it succeeds or fails", async () => {
  expect(await withinTime(15, () => Promise.resolve("done"))).toBe("done");
  expect(vi.getTimerCount()).toBe(0);
  const failing = () => Promise.reject(new Error("broken"));
  await expect(withinTime(15, failing)).rejects.toThrow("broken");
  expect(vi.getTimerCount()).toBe(0);
});

test("the signal comes when the time is up, and not a moment earlier", async () => {
  let signal: AbortSignal | undefined;
  void withinTime(15, (given) => {
    signal = given;
    return new Promise(() => undefined);
  });
  await vi.advanceTimersByTimeAsync(14_999);
  expect(signal?.aborted).toBe(false);
  await vi.advanceTimersByTimeAsync(1);
  expect(signal?.aborted).toBe(true);
});
