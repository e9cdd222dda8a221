import { expect, test } from "vitest";
import { readRetryAfter } from "../../src/oauth/read-retry-after.ts";

const NOW = Date.UTC(2026, 10, 21, 19);
const read = (value: string) => readRetryAfter(new Headers({ "Retry-After": value }), NOW);
const inSeconds = (seconds: number) => new Date(NOW + seconds * 1_000).toUTCString();

test.each([
  ["1", 1],
  ["120", 120],
  [" 7 ", 7],
  ["3600", 3_600],
  // Never at once, never for more than an hour.
  ["0", 1],
  ["3601", 3_600],
  ["99999999999999999999", 3_600],
  [inSeconds(90), 90],
  [inSeconds(0), 1],
  [inSeconds(-600), 1],
  [inSeconds(86_400), 3_600],
])("%s is %s s", (value, seconds) => {
  expect(read(value)).toBe(seconds);
});

test("no header is no wish", () => {
  expect(readRetryAfter(new Headers(), NOW)).toBeUndefined();
});

test.each(["", "soon", "-5", "1.5", "1e3", "0x10", "5, 10", "Infinity", "NaN"])(
  "%j is no wish either",
  (value) => {
    expect(read(value)).toBeUndefined();
  },
);
