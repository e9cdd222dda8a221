import { expect, test } from "vitest";
import { priceOfMillion, PRICES } from "../../bench/report/price.ts";

const NOTHING = { kvReads: 0, kvWrites: 0, objectRequests: 0, rowsRead: 0, rowsWritten: 0 };
const NO_USAGE = { cpuMicros: 0, awakeSeconds: 0 };

test("a call that does nothing costs its request", () => {
  const { parts, total } = priceOfMillion(NOTHING, NO_USAGE);
  expect(total).toBe(0.3);
  expect(parts).toMatchObject({ requests: 0.3, cpu: 0, kvReads: 0, duration: 0 });
});

test.each([
  ["a KV read", "kvReads", { kvReads: 1 }, {}, 0.5],
  ["a KV write", "kvWrites", { kvWrites: 1 }, {}, 5],
  ["a call of an object", "objectRequests", { objectRequests: 1 }, {}, 0.15],
  ["a thousand rows read", "rowsRead", { rowsRead: 1_000 }, {}, 1],
  ["a row written", "rowsWritten", { rowsWritten: 1 }, {}, 1],
  ["a millisecond of CPU", "cpu", {}, { cpuMicros: 1_000 }, 0.02],
  ["an object awake for a second", "duration", {}, { awakeSeconds: 1 }, 1.6],
] as const)("a million times %s costs its list price", (_, part, operations, usage, dollars) => {
  const price = priceOfMillion({ ...NOTHING, ...operations }, { ...NO_USAGE, ...usage });
  expect(price.parts[part]).toBeCloseTo(dollars, 10);
  expect(price.total).toBeCloseTo(0.3 + dollars, 10);
});

test("the total is the sum of its parts", () => {
  const operations = { kvReads: 3, kvWrites: 1, objectRequests: 1, rowsRead: 27, rowsWritten: 6 };
  const { parts, total } = priceOfMillion(operations, { cpuMicros: 900, awakeSeconds: 0.5 });
  expect(Object.keys(parts)).toEqual(Object.keys(PRICES));
  expect(total).toBeCloseTo(0.3 + 0.018 + 1.5 + 5 + 0.15 + 0.027 + 6 + 0.8, 10);
});
