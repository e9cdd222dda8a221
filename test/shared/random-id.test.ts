import { expect, test } from "vitest";
import { newOwnerId } from "../../src/shared/owner-id.ts";
import { randomId } from "../../src/shared/random-id.ts";

test.each([
  ["an id", randomId],
  ["an owner id", newOwnerId],
])("%s has 192 random bits and fits everywhere", (_, make) => {
  const ids = Array.from({ length: 1_000 }, make);
  expect(new Set(ids).size).toBe(1_000);
  for (const id of ids) expect(id).toMatch(/^[A-Za-z0-9_-]{32}$/);
});
