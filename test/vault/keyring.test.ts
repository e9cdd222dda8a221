import { expect, test } from "vitest";
import { parseKeyring } from "../../src/vault/keyring.ts";
import { toBase64Url } from "../../src/shared/base64url.ts";
import { SEALING_KEY_1, SEALING_KEY_2 } from "../worker-bindings.ts";

const ONE = `k1:${SEALING_KEY_1}`;
const TWO = `k2:${SEALING_KEY_2}`;

test("the first key seals, and every key can be had", async () => {
  const { keyring } = parseKeyring(`${TWO},${ONE}`);
  expect(keyring?.sealingKeyId).toBe("k2");
  expect(await keyring?.masterKey("k1")).toBeDefined();
  expect(await keyring?.masterKey("k2")).toBeDefined();
});

test("white space around a pair does not matter", () => {
  expect(parseKeyring(` ${ONE} ,\n ${TWO}\n`).keyring?.sealingKeyId).toBe("k1");
});

test("a master key can be used to derive keys, and for nothing else; it never leaves", async () => {
  const { keyring } = parseKeyring(ONE);
  const key = await keyring?.masterKey("k1");
  expect(key).toMatchObject({
    type: "secret",
    extractable: false,
    algorithm: { name: "HKDF" },
    usages: ["deriveKey"],
  });
});

test.each(["", "k2", "K1", "k1 ", "__proto__", "constructor", "toString", "k".repeat(33)])(
  "there is no key for an id that is not held: %j",
  async (keyId) => {
    const { keyring } = parseKeyring(ONE);
    expect(await keyring?.masterKey(keyId)).toBeUndefined();
  },
);

const bytes = (length: number, fill: (index: number) => number) =>
  toBase64Url(Uint8Array.from({ length }, (_, index) => fill(index)));

const FAULTY: readonly (readonly [what: string, text: string, problem: string])[] = [
  ["nothing", "", "SEALING_KEYS, key 1: must be kid:key"],
  ["a key without an id", SEALING_KEY_1, "SEALING_KEYS, key 1: must be kid:key"],
  ["an empty id", `:${SEALING_KEY_1}`, "SEALING_KEYS, key 1: must be kid:key"],
  ["an id with a dot", `k.1:${SEALING_KEY_1}`, "SEALING_KEYS, key 1: must be kid:key"],
  ["an id of 33", `${"k".repeat(33)}:${SEALING_KEY_1}`, "SEALING_KEYS, key 1: must be kid:key"],
  ["a third part", `${ONE}:more`, "SEALING_KEYS, key 1: must be kid:key"],
  ["a comma at the end", `${ONE},`, "SEALING_KEYS, key 2: must be kid:key"],
  ["a repeated id", `${ONE},k1:${SEALING_KEY_2}`, "SEALING_KEYS, key 2: the key id is repeated"],
  ["no key", "k1:", "SEALING_KEYS, key 1: the key must be 32 bytes"],
  ["a key of 31", `k1:${bytes(31, (n) => n)}`, "SEALING_KEYS, key 1: the key must be 32 bytes"],
  ["a key of 33", `k1:${bytes(33, (n) => n)}`, "SEALING_KEYS, key 1: the key must be 32 bytes"],
  ["a key in hex", `k1:${"0f".repeat(32)}`, "SEALING_KEYS, key 1: the key must be 32 bytes"],
  ["a padded key", `${ONE}=`, "SEALING_KEYS, key 1: the key must be 32 bytes"],
  ["zeros", `k1:${bytes(32, () => 0)}`, "SEALING_KEYS, key 1: the key's bytes are all equal"],
  ["one byte", `k1:${bytes(32, () => 0x41)}`, "SEALING_KEYS, key 1: the key's bytes are all equal"],
];

test.each(FAULTY)("%s is no keyring", (_, text, problem) => {
  const { keyring, problems } = parseKeyring(text);
  expect(keyring).toBeUndefined();
  expect(problems).toStrictEqual([expect.stringContaining(problem)]);
});

test("every fault is named at once, and none of the keys", () => {
  const { problems } = parseKeyring(`${ONE},k1:${SEALING_KEY_2},k3:${SEALING_KEY_1}x,${TWO}:more`);
  expect(problems).toHaveLength(3);
  const told = problems?.join() ?? "";
  for (const secret of [SEALING_KEY_1, SEALING_KEY_2]) {
    expect(told).not.toContain(secret.slice(0, 8));
  }
});

test("one faulty key closes the whole keyring", () => {
  expect(parseKeyring(`${ONE},k2:short`).keyring).toBeUndefined();
});
