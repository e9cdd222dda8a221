import { expect, test } from "vitest";
import { readRecords } from "../../../scripts/keys/read-records.ts";

const NOW = Date.UTC(2026, 10, 22);

/** Wrangler's list with these metadata; `undefined`: a record without. */
function listOf(...metadata: unknown[]): string {
  return JSON.stringify(metadata.map((each) => ({ name: "connection:o:jira", metadata: each })));
}

test("records are counted by key, with the times since when they are under it", () => {
  const list = listOf(
    { version: 1, keyId: "k2", keySince: 300, expiresAt: 1 },
    { version: 7, keyId: "k1", keySince: 200, expiresAt: 1 },
    { version: 2, keyId: "k2", keySince: 100, expiresAt: 1 },
  );
  expect(readRecords(list, NOW)).toEqual({
    keys: [
      { keyId: "k2", since: [100, 300] },
      { keyId: "k1", since: [200] },
    ],
    oddRecords: 0,
  });
});

test.for([
  ["no metadata", undefined],
  ["null", null],
  ["a text", "k1"],
  ["a list", ["k1"]],
  ["no key id", { keySince: 1 }],
  ["an empty key id", { keyId: "", keySince: 1 }],
  ["a key id that is none", { keyId: "\u001b[2Jk1", keySince: 1 }],
  ["a number as key id", { keyId: 1, keySince: 1 }],
  ["a text as time", { keyId: "k1", keySince: "2026-11-22" }],
  ["no time", { keyId: "k1" }],
  ["null as time", { keyId: "k1", keySince: null }],
  ["a negative time", { keyId: "k1", keySince: -1 }],
  ["a time that is no date", { keyId: "k1", keySince: Number.MAX_SAFE_INTEGER }],
  ["a time to come", { keyId: "k1", keySince: NOW + 86_400_000 }],
] as const)("a record with %s is counted apart", ([, metadata]) => {
  const list = listOf(metadata, { keyId: "__proto__", keySince: 5 });
  const keys = [{ keyId: "__proto__", since: [5] }];
  expect(readRecords(list, NOW)).toEqual({ keys, oddRecords: 1 });
});

test.for(["[1, null]", '[{}, "x"]'])(
  "entries that are no records are counted apart: %s",
  (list) => {
    expect(readRecords(list, NOW)).toEqual({ keys: [], oddRecords: 2 });
  },
);

test.for(["", "Success!", '{"keys":[]}', "[", "null"])(
  "what is no list is said to be none: %j",
  (printed) => {
    expect(() => readRecords(printed, NOW)).toThrow("something else than a list");
  },
);
