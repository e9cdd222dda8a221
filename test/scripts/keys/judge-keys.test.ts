// From what lies under the keys to what the operator reads.
import { expect, test } from "vitest";
import { describeStatus } from "../../../scripts/keys/describe-status.ts";
import { judgeKeys } from "../../../scripts/keys/judge-keys.ts";

/** Records under one key: since when each is under it. */
type Times = readonly string[];

function statusOf(keys: Readonly<Record<string, Times>>, oddRecords = 0, sessionDays = 30) {
  const records = Object.entries(keys).map(([keyId, times]) => {
    return { keyId, since: times.map((time) => Date.parse(time)).toSorted((a, b) => a - b) };
  });
  return describeStatus(judgeKeys(records, sessionDays), oddRecords, sessionDays).split("\n");
}

test("without records there is nothing to say", () => {
  expect(statusOf({})).toEqual(["There are no records, so there is nothing to say of any key."]);
});

test("with one key, what it replaced at its beginning may go SESSION_DAYS + 1 days after that day", () => {
  expect(statusOf({ k1: ["2026-10-03T08:00Z", "2026-10-01T23:59Z"] })).toEqual([
    "key id  records  sealing since",
    "k1            2  2026-10-01",
    "",
    "Only k1 has records: a key that it replaced on 2026-10-01 or before may go from 2026-11-02 (UTC, SESSION_DAYS is 30).",
  ]);
});

test("after a rotation the old key may go SESSION_DAYS + 1 days after the day of the new one's first record", () => {
  const k1 = ["2026-09-01T08:00Z", "2026-09-30T08:00Z"];
  const k2026 = ["2026-10-04T00:00Z", "2026-10-01T00:00Z", "2026-10-09T00:00Z"];
  expect(statusOf({ k1, "k2026-10-01": k2026 }, 0, 7)).toEqual([
    "key id       records  sealing since",
    "k2026-10-01        3  2026-10-01",
    "k1                 2  replaced",
    "",
    "k1 may go from 2026-10-10 (UTC, SESSION_DAYS is 7), when no record is left under it.",
  ]);
});

test("while two versions run at once, the old key counts as replaced after its last record", () => {
  const status = statusOf({
    k1: ["2026-09-01T08:00Z", "2026-10-02T08:00Z"],
    k2: ["2026-10-01T08:00Z", "2026-10-03T08:00Z"],
  });
  expect(status).toContain("k2            2  2026-10-03");
});

test("two replaced keys wait for the same day", () => {
  const status = statusOf({
    k3: ["2026-10-09T08:00Z"],
    k2: ["2026-10-01T08:00Z"],
    k1: ["2026-09-01T08:00Z"],
  });
  expect(status.slice(1, 4).map((row) => row.split(" ")[0])).toEqual(["k3", "k1", "k2"]);
  expect(status.at(-1)).toBe(
    "k1, k2 may go from 2026-11-10 (UTC, SESSION_DAYS is 30), when no record is left under them.",
  );
});

test("after a rollback the old key seals, since it came back", () => {
  const status = statusOf({
    k1: ["2026-09-01T08:00Z", "2026-09-30T08:00Z", "2026-10-05T08:00Z", "2026-10-06T08:00Z"],
    k2: ["2026-10-01T08:00Z", "2026-10-04T08:00Z"],
  });
  expect(status.slice(1, 3)).toEqual(["k1            4  2026-10-05", "k2            2  replaced"]);
  expect(status.at(-1)).toContain("k2 may go from 2026-11-06");
});

test("two keys at the same instant break nothing", () => {
  const status = statusOf({ k1: ["2026-10-01T08:00Z"], k2: ["2026-10-01T08:00Z"] });
  expect(status.at(-1)).toContain("may go from 2026-11-02");
});

test("records whose metadata nobody can read have a line of their own", () => {
  const line = "3 more without readable metadata: their key is not known.";
  expect(statusOf({ k1: ["2026-10-01T08:00Z"] }, 3)).toContain(line);
  expect(statusOf({}, 3)).toEqual([line, expect.stringContaining("There are no records")]);
});
