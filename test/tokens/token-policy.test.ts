import { expect, test } from "vitest";
import { isEnding, isFresh, isUnexpired } from "../../src/tokens/token-policy.ts";

const NOW = Date.UTC(2026, 10, 21, 19);
/** A token that was issued for so long and ends in so long. */
const token = (lifetimeSeconds: number, leftSeconds: number) => ({
  lifetimeSeconds,
  expiresAt: NOW + leftSeconds * 1_000,
});

test.each([
  [3_600, 3_600, true],
  [3_600, 60, true],
  [3_600, 59.999, false],
  [3_600, 0, false],
  [3_600, -1, false],
  [120, 60, true],
  [120, 59.999, false],
  // Issued for under two minutes: good for half its lifetime.
  [119, 59.5, true],
  [119, 59.499, false],
  [60, 30, true],
  [60, 29.999, false],
  [2, 1, true],
  [2, 0.999, false],
  // More time left than it was issued for, and a minute: a clock was set back.
  [3_600, 3_660, true],
  [3_600, 3_660.001, false],
  [3_600, 7_200, false],
])("issued for %s s with %s s left: handed out as it is? %s", (lifetime, left, fresh) => {
  expect(isFresh(token(lifetime, left), NOW)).toBe(fresh);
});

test.each([
  [7_200, 600, false],
  [7_200, 599.999, true],
  [6_000, 600, false],
  [6_000, 599.999, true],
  // A tenth of the lifetime, if that is less.
  [3_600, 360, false],
  [3_600, 359.999, true],
  [300, 30, false],
  [300, 29.999, true],
])("issued for %s s with %s s left: refreshed ahead? %s", (lifetime, left, ending) => {
  expect(isEnding(token(lifetime, left), NOW)).toBe(ending);
});

test("a token is unexpired to its last instant", () => {
  expect(isUnexpired(token(3_600, 0.001), NOW)).toBe(true);
  expect(isUnexpired(token(3_600, 0), NOW)).toBe(false);
});
