import * as fc from "fast-check";
import { afterEach, expect, test, vi } from "vitest";
import { decodeEnvelope, type Envelope } from "../../src/vault/envelope.ts";
import { open, type Purpose, seal } from "../../src/vault/seal.ts";
import { SEALING_KEY_1 } from "../worker-bindings.ts";
import { testKeyring } from "./test-keyring.ts";
import { bytesOf, keyring, opened, PLACE, sealed } from "./token-box.ts";

afterEach(() => void vi.restoreAllMocks());

const PURPOSES: readonly Purpose[] = ["access", "refresh", "session", "flow"];

test("what was sealed opens unchanged in its place", async () => {
  const text = fc.oneof(fc.string({ unit: "binary" }), fc.string({ maxLength: 9_000 }));
  await fc.assert(
    fc.asyncProperty(text, fc.constantFrom(...PURPOSES), async (plaintext, purpose) => {
      const box = await seal(keyring, purpose, PLACE, plaintext);
      expect(await open(keyring, purpose, PLACE, box)).toBe(plaintext);
    }),
    {
      examples: [
        ["", "access"],
        ["\uFEFFbegins with a byte order mark", "flow"],
      ],
    },
  );
});

test("a box shows nothing of what is in it", async () => {
  const box = await sealed("CANARY-token");
  expect(box).toMatch(/^[\w-]+$/);
  expect(new TextDecoder().decode(bytesOf(box))).not.toContain("CANARY");
});

test("salt and IV are new for every box", async () => {
  const boxes = await Promise.all(Array.from({ length: 200 }, () => sealed("the same text")));
  const parts = boxes.map((box) => decodeEnvelope(box));
  for (const part of ["salt", "iv", "ciphertext"] as const) {
    expect(new Set(parts.map((envelope) => envelope?.[part].join())).size).toBe(200);
  }
});

test("a box opens for no other purpose", async () => {
  for (const purpose of PURPOSES) {
    const box = await seal(keyring, purpose, PLACE, "a token");
    for (const other of PURPOSES) {
      const text = await open(keyring, other, PLACE, box);
      expect(text, `${purpose} as ${other}`).toBe(other === purpose ? "a token" : undefined);
    }
  }
});

test("a box opens in no other place, however the places are cut", async () => {
  // Few letters, so that many pairs of places are the same text when joined.
  const place = fc.array(fc.string({ unit: fc.constantFrom("a", "b", "\0", ":"), maxLength: 3 }), {
    maxLength: 4,
  });
  await fc.assert(
    fc.asyncProperty(place, place, async (home, other) => {
      const box = await seal(keyring, "access", home, "a token");
      const isHome = JSON.stringify(home) === JSON.stringify(other);
      expect(await open(keyring, "access", other, box)).toBe(isHome ? "a token" : undefined);
    }),
    {
      numRuns: 500,
      examples: [
        [
          ["ab", "c"],
          ["a", "bc"],
        ],
        [["a", ""], ["a"]],
        [
          ["", "a"],
          ["a", ""],
        ],
        [[], [""]],
      ],
    },
  );
});

test.each([
  ["another owner", ["owner-2", "jira", "7"]],
  ["another provider", ["owner-1", "bitbucket", "7"]],
  ["another version", ["owner-1", "jira", "8"]],
  ["no place", []],
])("a box moved to %s does not open", async (_, place) => {
  expect(await open(keyring, "access", place, await sealed())).toBeUndefined();
});

test("a new first key seals from then on, and old boxes open", async () => {
  const old = await sealed("under the old key");
  const rotated = testKeyring("k2", "k1");
  const fresh = await seal(rotated, "access", PLACE, "under the new key");
  expect(decodeEnvelope(fresh)?.keyId).toBe("k2");
  expect(await open(rotated, "access", PLACE, old)).toBe("under the old key");
  expect(await open(rotated, "access", PLACE, fresh)).toBe("under the new key");
});

test("a box under a key that was removed does not open", async () => {
  expect(await open(testKeyring("k2"), "access", PLACE, await sealed())).toBeUndefined();
});

test("a failure of the cipher itself is a box that does not open", async () => {
  const box = await sealed();
  vi.spyOn(crypto.subtle, "decrypt").mockRejectedValue(new Error("canary"));
  expect(await opened(box)).toBeUndefined();
});

test("keys of boxes never leave, and can do one thing", async () => {
  const derive = vi.spyOn(crypto.subtle, "deriveKey");
  await opened(await sealed());
  const uses = derive.mock.calls.map(([, , algorithm, extractable, usages]) => ({
    algorithm,
    extractable,
    usages,
  }));
  const algorithm = { name: "AES-GCM", length: 256 };
  expect(uses).toStrictEqual([
    { algorithm, extractable: false, usages: ["encrypt"] },
    { algorithm, extractable: false, usages: ["decrypt"] },
  ]);
});

test("a box of the first release opens for ever", async () => {
  const box =
    "AQJrMVl0lQD4KyCXCFFO4Oj47dBqk6odZEiYxruVZiDICDW-N1rEBgOjrmXoBz_B_PXOCj-zpyB5SndB0A2O5vGis8r1V44fQW9tlA";
  expect(await open(keyring, "refresh", PLACE, box)).toBe("a token of the first release");
});

/** The additional data as documented: every part with its length before it, in two bytes. */
function additionalData(parts: readonly string[]): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(
    parts.flatMap((part) => [0, part.length, ...new TextEncoder().encode(part)]),
  );
}

test.each(PURPOSES)(
  "a box can be opened by hand, with a key that is only for %s",
  async (purpose) => {
    const box = await seal(keyring, purpose, PLACE, "a token");
    const { salt, iv, ciphertext } = decodeEnvelope(box) as Envelope;
    const master = await crypto.subtle.importKey("raw", bytesOf(SEALING_KEY_1), "HKDF", false, [
      "deriveKey",
    ]);
    const info = new TextEncoder().encode(`latchkey 1 ${purpose}`);
    const key = await crypto.subtle.deriveKey(
      { name: "HKDF", hash: "SHA-256", salt, info },
      master,
      { name: "AES-GCM", length: 256 },
      false,
      ["decrypt"],
    );
    const bound = additionalData(["1", "k1", purpose, ...PLACE]);
    const text = await crypto.subtle.decrypt(
      { name: "AES-GCM", iv, additionalData: bound, tagLength: 128 },
      key,
      ciphertext,
    );
    expect(new TextDecoder().decode(text)).toBe("a token");
  },
);
