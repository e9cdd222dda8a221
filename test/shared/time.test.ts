import { expect, test } from "vitest";
import { toTimestamp, utcDay } from "../../src/shared/time.ts";

test("a UTC day begins at midnight in UTC", () => {
  const midnight = Date.UTC(2026, 10, 22);
  expect(utcDay(midnight) - utcDay(midnight - 1)).toBe(1);
  expect(utcDay(midnight)).toBe(utcDay(midnight + 86_399_999));
  expect(utcDay(0)).toBe(0);
});

test("an instant is written in UTC with whole seconds", () => {
  expect(toTimestamp(Date.UTC(2026, 10, 21, 19, 0, 0, 999))).toBe("2026-11-21T19:00:00Z");
});
