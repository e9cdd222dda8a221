import * as fc from "fast-check";
import { expect, test } from "vitest";
import { fromBase64Url, toBase64Url } from "../../src/shared/base64url.ts";

test("bytes come back as they went in, through a text that fits into a cookie and a URL", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
      const text = toBase64Url(bytes);
      expect(text).toMatch(/^[A-Za-z0-9_-]*$/);
      expect(fromBase64Url(text)).toStrictEqual(new Uint8Array(bytes));
    }),
  );
});

test("it is the alphabet of RFC 4648 section 5, without padding", () => {
  expect(toBase64Url(Uint8Array.of(0xfb, 0xef, 0xff, 0xff))).toBe("--___w");
});

test.each(["A", "AA=", "AA==", "A A", "AA\n", " AA", "+/8", "A.A", "AB", "AAB", "ÄÄ", "__8\0"])(
  "%j is no base64url: every value has one spelling",
  (text) => {
    expect(fromBase64Url(text)).toBeUndefined();
  },
);

const SOME_CHARACTERS = ["A", "B", "g", "w", "Q", "_", "-", "+", "/", "=", " ", "\n"];

test("no two texts are the same bytes", () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...SOME_CHARACTERS), maxLength: 8 }), (text) => {
      const bytes = fromBase64Url(text);
      expect(bytes ? toBase64Url(bytes) : text).toBe(text);
    }),
    { numRuns: 2_000 },
  );
});
