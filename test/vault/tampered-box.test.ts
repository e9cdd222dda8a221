import * as fc from "fast-check";
import { expect, test } from "vitest";
import { toBase64Url } from "../../src/shared/base64url.ts";
import { decodeEnvelope, encodeEnvelope, type Envelope } from "../../src/vault/envelope.ts";
import { open, seal } from "../../src/vault/seal.ts";
import { testKeyring } from "./test-keyring.ts";
import { bytesOf, opened, PLACE, sealed } from "./token-box.ts";

test("a box with any single bit flipped does not open", async () => {
  const whole = bytesOf(await sealed());
  for (let index = 0; index < whole.length * 8; index += 1) {
    const flipped = whole.slice();
    flipped[index >> 3] = (flipped[index >> 3] ?? 0) ^ (1 << (index & 7));
    expect(await opened(toBase64Url(flipped)), `bit ${index}`).toBeUndefined();
  }
});

test("a box with any character replaced does not open", async () => {
  const box = await sealed();
  const position = fc.nat({ max: box.length - 1 });
  await fc.assert(
    fc.asyncProperty(position, fc.string({ unit: "binary", maxLength: 2 }), async (at, other) => {
      fc.pre(other !== box[at]);
      expect(await opened(box.slice(0, at) + other + box.slice(at + 1))).toBeUndefined();
    }),
    { numRuns: 500 },
  );
});

test("a truncated box does not open, whichever end is missing", async () => {
  const box = await sealed();
  const whole = bytesOf(box);
  for (let length = 0; length < whole.length; length += 1) {
    expect(await opened(toBase64Url(whole.subarray(0, length)))).toBeUndefined();
    expect(await opened(toBase64Url(whole.subarray(whole.length - length)))).toBeUndefined();
  }
  for (let length = 0; length < box.length; length += 1) {
    expect(await opened(box.slice(0, length))).toBeUndefined();
  }
});

test("a box with bytes added does not open, wherever they are", async () => {
  const whole = bytesOf(await sealed());
  const added = fc.uint8Array({ minLength: 1, maxLength: 20 });
  await fc.assert(
    fc.asyncProperty(fc.nat({ max: whole.length }), added, async (at, bytes) => {
      const longer = Uint8Array.of(...whole.subarray(0, at), ...bytes, ...whole.subarray(at));
      expect(await opened(toBase64Url(longer))).toBeUndefined();
    }),
    { numRuns: 500 },
  );
});

test("the same box in another spelling does not open", async () => {
  const box = await sealed();
  const whole = bytesOf(box);
  const bom = Uint8Array.of(1, 5, 0xef, 0xbb, 0xbf, ...whole.subarray(2));
  const spellings = [`${box}=`, `${box}\n`, ` ${box}`, `${box.slice(0, 9)} ${box.slice(9)}`];
  for (const spelling of [...spellings, toBase64Url(bom)]) {
    expect({ spelling, text: await opened(spelling) }).toStrictEqual({ spelling, text: undefined });
  }
});

test("parts of two boxes do not make a third", async () => {
  const [one, two] = [decodeEnvelope(await sealed()), decodeEnvelope(await sealed())];
  if (!one || !two) throw new Error("not sealed");
  for (const part of ["salt", "iv", "ciphertext"] as const) {
    expect(await opened(encodeEnvelope({ ...one, [part]: two[part] }))).toBeUndefined();
  }
});

test.each(["k2", "K1", "", "__proto__", "constructor", "k1\0", "k".repeat(99)])(
  "a box that names an unknown key does not open: %j",
  async (keyId) => {
    const envelope = decodeEnvelope(await sealed()) as Envelope;
    expect(await opened(encodeEnvelope({ ...envelope, keyId }))).toBeUndefined();
  },
);

test("a box relabelled with another key that is held does not open", async () => {
  const both = testKeyring("k1", "k2");
  const envelope = decodeEnvelope(await seal(both, "access", PLACE, "a token")) as Envelope;
  const relabelled = encodeEnvelope({ ...envelope, keyId: "k2" });
  expect(await open(both, "access", PLACE, relabelled)).toBeUndefined();
});

test("arbitrary text does not open and is no error", async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: "binary" }), async (text) => {
      expect(await opened(text)).toBeUndefined();
    }),
  );
});
