import { expect, test } from "vitest";
import { openSession, sealSession, type Session } from "../../src/session/session.ts";
import { asOwnerId } from "../../src/shared/owner-id.ts";
import { DAY_MS } from "../../src/shared/time.ts";
import { seal } from "../../src/vault/seal.ts";
import { testKeyring } from "../vault/test-keyring.ts";

const keyring = testKeyring("k1");
const DAY = 20_000;
const NOON = (DAY + 0.5) * DAY_MS;
const SESSION: Session = {
  owner: asOwnerId("owner-1"),
  id: "session-1",
  seenDay: DAY,
  versions: { bitbucket: 3, jira: 0 },
};

test("a session comes back as it went in, and nobody can read it", async () => {
  const box = await sealSession(keyring, SESSION);
  expect(await openSession(keyring, box, 30, NOON)).toStrictEqual(SESSION);
  expect(atob(box.replaceAll("-", "+").replaceAll("_", "/"))).not.toContain("owner-1");
});

test("a session ends when it was idle for longer than its days", async () => {
  const box = await sealSession(keyring, SESSION);
  for (const days of [1, 30, 400]) {
    const lastInstant = (DAY + days + 1) * DAY_MS - 1;
    expect(await openSession(keyring, box, days, lastInstant)).toBeDefined();
    expect(await openSession(keyring, box, days, lastInstant + 1)).toBeUndefined();
  }
});

test("a session under a removed key is none; under an old key that is still held it lives", async () => {
  const box = await sealSession(keyring, SESSION);
  expect(await openSession(testKeyring("k2"), box, 30, NOON)).toBeUndefined();
  expect(await openSession(testKeyring("k2", "k1"), box, 30, NOON)).toStrictEqual(SESSION);
});

test("a box of another purpose or place is no session, whatever is in it", async () => {
  const text = JSON.stringify(SESSION);
  const boxes = await Promise.all([
    seal(keyring, "flow", [], text),
    seal(keyring, "access", [], text),
    seal(keyring, "refresh", [], text),
    seal(keyring, "session", ["owner-1"], text),
  ]);
  for (const box of boxes) expect(await openSession(keyring, box, 30, NOON)).toBeUndefined();
});

test.each(["", "x", JSON.stringify(SESSION), btoa(JSON.stringify(SESSION)), "null", "undefined"])(
  "%j is no session",
  async (box) => {
    expect(await openSession(keyring, box, 30, NOON)).toBeUndefined();
  },
);
