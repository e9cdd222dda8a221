import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { withDeadline } from "../../src/shared/with-deadline.ts";

beforeEach(() => void vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] }));
afterEach(() => void vi.useRealTimers());

test("work that is done in time gives its value, and leaves no timer behind", async () => {
  expect(await withDeadline(Promise.resolve("done"), 2_000)).toBe("done");
  expect(vi.getTimerCount()).toBe(0);
});

test("work that takes too long gives nothing, and not a moment earlier", async () => {
  let ended = false;
  const result = withDeadline(new Promise<string>(() => undefined), 2_000);
  void result.then(() => (ended = true));
  await vi.advanceTimersByTimeAsync(1_999);
  expect(ended).toBe(false);
  await vi.advanceTimersByTimeAsync(1);
  expect(await result).toBeUndefined();
});

test("work that fails in time fails, and leaves no timer behind", async () => {
  await expect(withDeadline(Promise.reject(new Error("broken")), 2_000)).rejects.toThrow("broken");
  expect(vi.getTimerCount()).toBe(0);
});
