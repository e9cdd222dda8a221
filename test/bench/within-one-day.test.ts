import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { withinOneDay } from "../../bench/measures/within-one-day.ts";

const LAST_SECOND = Date.UTC(2000, 0, 1, 23, 59, 59);

beforeEach(() => void vi.useFakeTimers({ toFake: ["Date"], now: LAST_SECOND }));
afterEach(() => void vi.useRealTimers());

test("what was measured within a day counts", async () => {
  expect(await withinOneDay(async () => "figures")).toBe("figures");
});

test("what was measured over midnight in UTC does not", async () => {
  const measured = withinOneDay(async () => {
    vi.setSystemTime(LAST_SECOND + 1_000);
    return "figures";
  });
  await expect(measured).rejects.toThrow("a day ended (UTC)");
});
