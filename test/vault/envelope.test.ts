import * as fc from "fast-check";
import { expect, test } from "vitest";
import { fromBase64Url, toBase64Url } from "../../src/shared/base64url.ts";
import { decodeEnvelope, encodeEnvelope } from "../../src/vault/envelope.ts";

const bytes = (constraints: fc.IntArrayConstraints) => fc.uint8Array(constraints);
const keyId = fc.stringMatching(/^[A-Za-z0-9_-]{1,32}$/);

const envelope = fc.record(
  {
    keyId,
    salt: bytes({ minLength: 16, maxLength: 16 }),
    iv: bytes({ minLength: 12, maxLength: 12 }),
    ciphertext: bytes({ minLength: 16, maxLength: 200 }),
  },
  { noNullPrototype: true },
);

test("the parts of an envelope come back as they went in", () => {
  fc.assert(
    fc.property(envelope, (parts) => {
      expect(decodeEnvelope(encodeEnvelope(parts))).toStrictEqual(parts);
    }),
  );
});

test("the layout is version, length of the key id, key id, salt, IV, ciphertext with tag", () => {
  const fill = (length: number, byte: number) => new Uint8Array(length).fill(byte);
  const parts = { salt: fill(16, 2), iv: fill(12, 3), ciphertext: fill(17, 4) };
  const laidOut = fromBase64Url(encodeEnvelope({ keyId: "k1", ...parts }));
  expect([...(laidOut ?? [])]).toStrictEqual([
    1,
    2,
    0x6b,
    0x31,
    ...parts.salt,
    ...parts.iv,
    ...parts.ciphertext,
  ]);
});

test("a byte order mark before a key id makes it another one", () => {
  const marked = Uint8Array.of(1, 5, 0xef, 0xbb, 0xbf, 0x6b, 0x31, ...new Uint8Array(44));
  expect(decodeEnvelope(toBase64Url(marked))?.keyId).toMatch(/^...k1$/);
});

test("a text without room for salt, IV and tag is no envelope", () => {
  const parts = { salt: new Uint8Array(16), iv: new Uint8Array(12) };
  const smallest = encodeEnvelope({ keyId: "k1", ...parts, ciphertext: new Uint8Array(16) });
  expect(decodeEnvelope(smallest)).toBeDefined();
  const whole = fromBase64Url(smallest) ?? new Uint8Array();
  for (let length = 0; length < whole.length; length += 1) {
    expect(decodeEnvelope(toBase64Url(whole.subarray(0, length)))).toBeUndefined();
  }
});

test("another format version is no envelope", () => {
  for (let version = 0; version < 256; version += 1) {
    const text = toBase64Url(Uint8Array.of(version, 2, 0x6b, 0x31, ...new Uint8Array(44)));
    expect(decodeEnvelope(text) !== undefined).toBe(version === 1);
  }
});

test("arbitrary text is no envelope and no error", () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(decodeEnvelope(text)).toBeUndefined();
    }),
  );
});
