import * as fc from "fast-check";
import { expect, test } from "vitest";
import { equalTexts } from "../../src/shared/equal-texts.ts";

test("texts are equal when they are the same, and only then", async () => {
  const text = fc.string({ unit: fc.constantFrom("a", "b", "\0"), maxLength: 3 });
  await fc.assert(
    fc.asyncProperty(text, text, async (left, right) => {
      expect(await equalTexts(left, right)).toBe(left === right);
    }),
    { numRuns: 300 },
  );
});

test("unequal lengths are unequal texts, not an error", async () => {
  expect(await equalTexts("", "a")).toBe(false);
  expect(await equalTexts("state", "state-and-more")).toBe(false);
  expect(await equalTexts("ü", "u")).toBe(false);
  expect(await equalTexts("", "")).toBe(true);
});
