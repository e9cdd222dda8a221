import { describe, expect, test } from "vitest";
import { pairedRatios, summarize } from "../../bench/statistics.ts";

test.for([
  { rounds: [3, 1, 2], median: 2 },
  { rounds: [4, 1, 3, 2], median: 2.5 },
  { rounds: [10, 9, 100], median: 10 },
  { rounds: [7], median: 7 },
])("the median of $rounds is $median, the spread reaches from the lowest to the highest", (row) => {
  const { rounds, median } = row;
  expect(summarize(rounds)).toEqual({
    median,
    min: Math.min(...rounds),
    max: Math.max(...rounds),
  });
});

test.for([{ rounds: [] }, { rounds: [1, Number.NaN] }, { rounds: [1, null as unknown as number] }])(
  "$rounds have no median",
  ({ rounds }) => {
    expect(() => summarize(rounds)).toThrow(RangeError);
  },
);

describe("ratios", () => {
  test("are taken round by round: a slow machine is in both", () => {
    const ratios = pairedRatios([1.2, 12, 2.6], [1, 10, 2]);
    expect(ratios).toEqual([1.2, 1.2, 1.3]);
    expect(summarize(ratios).median).toBe(1.2);
  });

  test("want the same rounds", () => {
    expect(() => pairedRatios([1, 2], [1])).toThrow("2 rounds against 1");
  });

  test("to nothing are no figure", () => {
    expect(() => summarize(pairedRatios([1], [0]))).toThrow(RangeError);
  });
});
