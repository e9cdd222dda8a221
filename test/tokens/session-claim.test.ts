import { expect, test } from "vitest";
import { asOwnerId } from "../../src/shared/owner-id.ts";
import { utcDay } from "../../src/shared/time.ts";
import { currentSession, supersede, wasDeadAt } from "../../src/tokens/session-claim.ts";
import { storedRows } from "../../src/tokens/stored-rows.ts";

const NOW = Date.UTC(2026, 10, 21, 19);
const MINUTE_MS = 60_000;
const next = (name: string) => ({ sessionId: `id ${name}`, sessionHash: `hash ${name}` });

test("the first connect makes a live owner with one session", () => {
  expect(supersede(undefined, next("1"), NOW)).toStrictEqual({
    state: "live",
    ...next("1"),
    superseded: [],
    seenDay: utcDay(NOW),
  });
});

test("the session before a connect is good for two more minutes, then dead", () => {
  const owner = supersede(supersede(undefined, next("1"), NOW), next("2"), NOW + MINUTE_MS);
  const connectedAt = NOW + MINUTE_MS;
  expect(wasDeadAt(owner, "hash 1", connectedAt)).toBe(false);
  expect(wasDeadAt(owner, "hash 1", connectedAt + 2 * MINUTE_MS - 1)).toBe(false);
  expect(wasDeadAt(owner, "hash 1", connectedAt + 2 * MINUTE_MS)).toBe(true);
});

test("the current session does not die by itself", () => {
  const owner = supersede(undefined, next("1"), NOW);
  expect(wasDeadAt(owner, "hash 1", NOW + 1_000_000 * MINUTE_MS)).toBe(false);
});

test("a session that was never this owner's was always dead", () => {
  const owner = supersede(undefined, next("1"), NOW);
  for (const hash of ["hash 2", "", "undefined"]) expect(wasDeadAt(owner, hash, 0)).toBe(true);
});

test("without an owner, and of an erased one, every session was dead", () => {
  expect(wasDeadAt(undefined, "hash 1", 0)).toBe(true);
  const erased = { state: "erased", erasedAt: NOW, kvDue: null } as const;
  expect(wasDeadAt(erased, "hash 1", 0)).toBe(true);
});

test("each connect starts the grace of the session before it, and of no other", () => {
  let owner = supersede(undefined, next("1"), NOW);
  owner = supersede(owner, next("2"), NOW + MINUTE_MS);
  owner = supersede(owner, next("3"), NOW + 2 * MINUTE_MS);
  expect(wasDeadAt(owner, "hash 1", NOW + 3 * MINUTE_MS)).toBe(true);
  expect(wasDeadAt(owner, "hash 2", NOW + 3 * MINUTE_MS)).toBe(false);
  expect(wasDeadAt(owner, "hash 3", NOW + 3 * MINUTE_MS)).toBe(false);
});

test("superseded sessions are remembered for twelve minutes, not for ever", () => {
  let owner = supersede(undefined, next("1"), NOW);
  owner = supersede(owner, next("2"), NOW);
  const late = supersede(owner, next("3"), NOW + 12 * MINUTE_MS - 1);
  expect(late.superseded.map(({ hash }) => hash)).toStrictEqual(["hash 1", "hash 2"]);
  const later = supersede(owner, next("3"), NOW + 12 * MINUTE_MS);
  expect(later.superseded.map(({ hash }) => hash)).toStrictEqual(["hash 2"]);
});

test("the browser is given the session's id, the day and the versions; no hash", () => {
  const versions: Record<string, unknown> = { "connection:jira": { version: 4 } };
  const storage = { get: (key: string) => versions[key] } as unknown as SyncKvStorage;
  const owner = supersede(undefined, next("1"), NOW);
  expect(currentSession(asOwnerId("owner-1"), owner, storedRows(storage))).toStrictEqual({
    owner: "owner-1",
    id: "id 1",
    seenDay: utcDay(NOW),
    versions: { bitbucket: 0, jira: 4 },
  });
});
