import { expect, test } from "vitest";
import {
  dueAfterCommit,
  dueAfterFailure,
  dueAfterSuccess,
  isDue,
} from "../../src/tokens/kv-due.ts";

const NOW = Date.UTC(2026, 10, 21);

test("a commit is published at once, and the alarm looks after it ten seconds later", () => {
  const due = dueAfterCommit(null, NOW);
  expect(isDue(due, NOW)).toBe(true);
  expect(due.at).toBe(NOW + 10_000);
  expect(dueAfterSuccess(due, NOW)).toBeNull();
});

test("failures are repeated ever more seldom, up to ten minutes", () => {
  let due = dueAfterCommit(null, NOW);
  const waits = Array.from({ length: 12 }, () => {
    due = dueAfterFailure(due, NOW);
    return (due.at - NOW) / 1_000;
  });
  expect(waits.slice(0, 4)).toEqual([10, 20, 40, 80]);
  expect(waits.at(-1)).toBe(600);
});

test("what failed before is written twice, the second time a minute later and not before", () => {
  const failed = dueAfterFailure(dueAfterCommit(null, NOW), NOW);
  const repeat = dueAfterSuccess(failed, NOW);
  expect(isDue(repeat, NOW + 59_999)).toBe(false);
  expect(isDue(repeat, NOW + 60_000)).toBe(true);
  expect(repeat && dueAfterSuccess(repeat, NOW + 60_000)).toBeNull();
});

test("a commit while the repeat is owed owes it too", () => {
  const failed = dueAfterFailure(dueAfterCommit(null, NOW), NOW);
  const committed = dueAfterCommit(dueAfterSuccess(failed, NOW), NOW + 15_000);
  expect(isDue(committed, NOW + 15_000)).toBe(true);
  expect(dueAfterSuccess(committed, NOW + 15_000)).toMatchObject({ isRepeat: true });
});
