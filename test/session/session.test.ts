import { expect, test } from "vitest";
import {
  openSession,
  REMEMBERED_SESSIONS,
  sealSession,
  type Session,
} from "../../src/session/session.ts";
import { asOwnerId } from "../../src/shared/owner-id.ts";
import { sha256 } from "../../src/shared/sha256.ts";
import { DAY_MS } from "../../src/shared/time.ts";
import { seal } from "../../src/vault/seal.ts";
import type { Keyring } from "../../src/vault/keyring.ts";
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
const OPENED = { ...SESSION, idHash: await sha256(SESSION.id) };

test("a session comes back as it went in, and nobody can read it", async () => {
  const box = await sealSession(keyring, SESSION);
  expect(await openSession(keyring, box, 30, NOON)).toStrictEqual(OPENED);
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
  expect(await openSession(testKeyring("k2", "k1"), box, 30, NOON)).toStrictEqual(OPENED);
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

test("a box is opened once, however often it is shown", async () => {
  const box = await sealSession(keyring, SESSION);
  const { counted, opened } = countOpened();
  for (let call = 0; call < 3; call += 1) {
    expect(await openSession(counted, box, 30, NOON)).toStrictEqual(OPENED);
  }
  expect(opened()).toBe(1);
});

test("a box that is remembered ends as any other, and is none under another keyring", async () => {
  const box = await sealSession(keyring, SESSION);
  expect(await openSession(keyring, box, 30, NOON)).toBeDefined();
  expect(await openSession(keyring, box, 30, NOON + 31 * DAY_MS)).toBeUndefined();
  expect(await openSession(testKeyring("k2"), box, 30, NOON)).toBeUndefined();
});

test("what opened as no session is not remembered", async () => {
  const box = await seal(keyring, "flow", [], JSON.stringify(SESSION));
  const { counted, opened } = countOpened();
  for (let call = 0; call < 2; call += 1) await openSession(counted, box, 30, NOON);
  expect(opened()).toBe(2);
});

test("a thousand boxes are remembered, and the oldest makes room", async () => {
  const boxes = await Promise.all(
    Array.from({ length: REMEMBERED_SESSIONS + 1 }, (_, n) =>
      sealSession(keyring, { ...SESSION, id: `session-${n}` }),
    ),
  );
  const { counted, opened } = countOpened();
  for (const box of boxes) await openSession(counted, box, 30, NOON);
  for (const box of boxes.slice(1)) await openSession(counted, box, 30, NOON);
  expect(opened()).toBe(boxes.length);
  await openSession(counted, boxes[0] ?? "", 30, NOON);
  expect(opened()).toBe(boxes.length + 1);
});

/** A keyring that tells how often something was opened with it. */
function countOpened(): { readonly counted: Keyring; readonly opened: () => number } {
  let times = 0;
  const counted: Keyring = {
    ...keyring,
    masterKey(keyId) {
      times += 1;
      return keyring.masterKey(keyId);
    },
  };
  return { counted, opened: () => times };
}
