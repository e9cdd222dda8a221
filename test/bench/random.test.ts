import * as fc from "fast-check";
import { expect, test } from "vitest";
import { createRandom, shuffled } from "../../bench/load/random.ts";

test("the same seed brings the same numbers, from 0 and below 1", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }), (seed) => {
      const numbers = take(20, createRandom(seed));
      expect(take(20, createRandom(seed))).toEqual(numbers);
      expect(numbers.every((number) => number >= 0 && number < 1)).toBe(true);
      expect(new Set(numbers).size).toBeGreaterThan(1);
    }),
  );
});

test("another seed brings others", () => {
  expect(take(5, createRandom(1))).not.toEqual(take(5, createRandom(2)));
});

test("the numbers are spread evenly", () => {
  const numbers = take(10_000, createRandom(1));
  for (let tenth = 0; tenth < 10; tenth += 1) {
    const count = numbers.filter((number) => Math.floor(number * 10) === tenth).length;
    expect(Math.abs(count - 1_000)).toBeLessThan(150);
  }
});

test("what is shuffled is still there, once each, and where it came from is as it was", () => {
  fc.assert(
    fc.property(fc.array(fc.integer()), fc.integer({ min: 1 }), (items, seed) => {
      const before = [...items];
      const order = shuffled(items, createRandom(seed));
      expect(items).toEqual(before);
      expect(order.toSorted((a, b) => a - b)).toEqual(before.toSorted((a, b) => a - b));
      expect(shuffled(items, createRandom(seed))).toEqual(order);
    }),
  );
});

test("every order comes up as often as any other", () => {
  const random = createRandom(1);
  const counts = new Map<string, number>();
  for (let times = 0; times < 6_000; times += 1) {
    const order = shuffled(["a", "b", "c"], random).join("");
    counts.set(order, (counts.get(order) ?? 0) + 1);
  }
  expect([...counts.keys()].toSorted()).toEqual(["abc", "acb", "bac", "bca", "cab", "cba"]);
  for (const count of counts.values()) expect(Math.abs(count - 1_000)).toBeLessThan(150);
});

function take(length: number, random: () => number): number[] {
  return Array.from({ length }, random);
}
