import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { giveUpAfter } from "../../src/shared/give-up-after.ts";

beforeEach(() => void vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] }));
afterEach(() => void vi.useRealTimers());

test("work that is done in time gives its value, and leaves no timer behind", async () => {
  expect(await giveUpAfter(2_000, Promise.resolve("done"))).toBe("done");
  expect(vi.getTimerCount()).toBe(0);
});

test("work that takes too long gives nothing, and not a moment earlier", async () => {
  let ended = false;
  const result = giveUpAfter(2_000, new Promise<string>(() => undefined));
  void result.then(() => (ended = true));
  await vi.advanceTimersByTimeAsync(1_999);
  expect(ended).toBe(false);
  await vi.advanceTimersByTimeAsync(1);
  expect(await result).toBeUndefined();
});

test("work that fails in time fails, and leaves no timer behind", async () => {
  await expect(giveUpAfter(2_000, Promise.reject(new Error("broken")))).rejects.toThrow("broken");
  expect(vi.getTimerCount()).toBe(0);
});
