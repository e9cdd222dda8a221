import * as fc from "fast-check";
import { expect, test } from "vitest";
import {
  isDoubtOver,
  isWaiting,
  planBackoff,
  type Setback,
  publicKind,
  publicRetryAfter,
} from "../../src/tokens/plan-backoff.ts";
import type { Backoff } from "../../src/tokens/stored-rows.ts";

const NOW = Date.UTC(2026, 10, 21, 19);
const MINUTE_MS = 60_000;
const setback = (kind: Setback["kind"], retryAfterSeconds?: number): Setback => ({
  kind,
  retryAfterSeconds,
});

/** The waits of so many setbacks in a row, in seconds. */
function waits(count: number, kind: Setback["kind"], random: number): number[] {
  let [before, now]: [Backoff | null, number] = [null, NOW];
  return Array.from({ length: count }, () => {
    const backoff = planBackoff(before, setback(kind), now, random);
    const seconds = (backoff.until - now) / 1_000;
    [before, now] = [backoff, backoff.until];
    return seconds;
  });
}

test("every wait is twice the one before, up to a minute", () => {
  expect(waits(8, "unavailable", 1)).toStrictEqual([2, 4, 8, 16, 32, 60, 60, 60]);
  expect(waits(8, "misconfigured", 1)).toStrictEqual([2, 4, 8, 16, 32, 60, 60, 60]);
});

test("chance takes up to half of a wait away, so that not all come at once", () => {
  expect(waits(7, "unavailable", 0)).toStrictEqual([1, 2, 4, 8, 16, 30, 30]);
});

test("while a provider doubts our credentials for no clear reason, minutes pass", () => {
  expect(waits(3, "doubtful", 1)).toStrictEqual([180, 180, 180]);
  expect(waits(3, "doubtful", 0)).toStrictEqual([90, 90, 90]);
});

test("what the provider asks for is done to the second, and told so", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 3_600 }),
      fc.double({ min: 0, max: 1 }),
      (seconds, random) => {
        const backoff = planBackoff(null, setback("unavailable", seconds), NOW, random || 0);
        expect(backoff.until).toBe(NOW + seconds * 1_000);
        expect(publicRetryAfter(backoff, NOW)).toBe(seconds);
      },
    ),
  );
});

test("after a thousand failures the wait is still a minute", () => {
  const before: Backoff = {
    at: NOW,
    until: NOW,
    failures: 1_000,
    since: 0,
    kind: "unavailable",
    byProvider: false,
  };
  expect(planBackoff(before, setback("unavailable"), NOW, 1).until).toBe(NOW + MINUTE_MS);
});

test("a setback of the same kind counts from the first, one of another kind anew", () => {
  const first = planBackoff(null, setback("doubtful"), NOW, 1);
  const second = planBackoff(first, setback("doubtful"), NOW + MINUTE_MS, 1);
  const third = planBackoff(second, setback("unavailable"), NOW + 2 * MINUTE_MS, 1);
  expect([first.since, second.since, third.since]).toStrictEqual([NOW, NOW, NOW + 2 * MINUTE_MS]);
  expect([first.failures, second.failures, third.failures]).toStrictEqual([1, 2, 3]);
});

test("half an hour of doubt is believed", () => {
  const backoff = planBackoff(null, setback("doubtful"), NOW, 1);
  expect(publicKind(backoff, NOW + 30 * MINUTE_MS - 1)).toBe("unavailable");
  expect(publicKind(backoff, NOW + 30 * MINUTE_MS)).toBe("misconfigured");
});

test("an outage is never a misconfiguration, and a misconfiguration is one at once", () => {
  const outage = planBackoff(null, setback("unavailable"), NOW, 1);
  const wrong = planBackoff(null, setback("misconfigured"), NOW, 1);
  expect(publicKind(outage, NOW + 1_000 * MINUTE_MS)).toBe("unavailable");
  expect(publicKind(wrong, NOW)).toBe("misconfigured");
});

test("a wait holds from its plan to its end, and not for a clock that was set back before it", () => {
  const backoff = planBackoff(null, setback("unavailable", 120), NOW, 1);
  expect(isWaiting(backoff, NOW)).toBe(true);
  expect(isWaiting(backoff, backoff.until - 1)).toBe(true);
  expect(isWaiting(backoff, backoff.until)).toBe(false);
  // Two clocks may differ by a minute.
  expect(isWaiting(backoff, NOW - MINUTE_MS)).toBe(true);
  expect(isWaiting(backoff, NOW - MINUTE_MS - 1)).toBe(false);
});

test("only doubt comes to an end", () => {
  const later = NOW + 30 * MINUTE_MS;
  const isOver = (kind: Setback["kind"]) =>
    isDoubtOver(planBackoff(null, setback(kind), NOW, 1), later);
  expect([isOver("doubtful"), isOver("unavailable"), isOver("misconfigured")]).toStrictEqual([
    true,
    false,
    false,
  ]);
});

test("callers are told whole seconds from 1 to 60, unless the provider byProvider for more", () => {
  const doubt = planBackoff(null, setback("doubtful"), NOW, 1);
  expect(publicRetryAfter(doubt, NOW)).toBe(60);
  const outage = planBackoff(null, setback("unavailable"), NOW, 0.5);
  expect(publicRetryAfter(outage, NOW)).toBe(2);
  expect(publicRetryAfter(outage, outage.until - 1)).toBe(1);
  expect(publicRetryAfter(outage, outage.until + MINUTE_MS)).toBe(1);
  const byProvider = planBackoff(null, setback("unavailable", 3_600), NOW, 1);
  expect(publicRetryAfter(byProvider, NOW + 1_000)).toBe(3_599);
});
