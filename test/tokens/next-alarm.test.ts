import { expect, test } from "vitest";
import type { ProviderId } from "../../src/providers/provider.ts";
import { nextAlarm } from "../../src/tokens/next-alarm.ts";
import type { ConnectedRow, OwnerRow, StoredRows } from "../../src/tokens/stored-rows.ts";

const DAY_MS = 86_400_000;
const SESSION_DAYS = 30;
const TODAY = 20_000;
const NOW = TODAY * DAY_MS;
const live = { state: "live", seenDay: TODAY } as OwnerRow;
const IDLE_END = (TODAY + 32) * DAY_MS;
const due = (at: number) => ({ at, failures: 0, mayLandLate: false, isRepeat: false });

interface Rows {
  readonly owner?: OwnerRow;
  readonly connections?: Partial<Record<ProviderId, Partial<ConnectedRow>>>;
  readonly flows?: readonly number[];
}

function alarmFor({ owner, connections = {}, flows = [] }: Rows): number | undefined {
  const rows: Partial<StoredRows> = {
    owner: () => owner,
    connection: (provider) => {
      const row = connections[provider];
      return row && ({ status: "connected", kvDue: null, intent: null, ...row } as ConnectedRow);
    },
    consumedFlows: () => flows,
  };
  return nextAlarm(rows as StoredRows, SESSION_DAYS);
}

test("an object with nothing in it is never woken", () => {
  expect(alarmFor({})).toBeUndefined();
});

test("an owner who has nothing due is woken when idle for SESSION_DAYS and a day", () => {
  expect(alarmFor({ owner: live, connections: { jira: {} } })).toBe(IDLE_END);
});

test("whatever is due first, of either connection, comes first", () => {
  const intent = { at: NOW, recoverAt: NOW + 20 };
  const both = { bitbucket: { kvDue: due(NOW + 10) }, jira: { intent } };
  expect(alarmFor({ owner: live, connections: both })).toBe(NOW + 10);
  expect(alarmFor({ owner: live, connections: { jira: { intent } } })).toBe(NOW + 20);
  const left = { at: NOW, recoverAt: null };
  expect(alarmFor({ owner: live, connections: { jira: { intent: left } } })).toBe(IDLE_END);
});

test("flows wake an object without an owner, one by one; a live owner's are forgotten anyway", () => {
  expect(alarmFor({ flows: [NOW + 600_000, NOW + 60_000] })).toBe(NOW + 60_000);
  expect(alarmFor({ owner: live, flows: [NOW + 60_000] })).toBe(IDLE_END);
});

test("a tombstone waits for KV, then for its flows, then for its end", () => {
  const erased = { state: "erased", erasedAt: NOW, kvDue: null } as const;
  expect(alarmFor({ owner: { ...erased, kvDue: due(NOW + 5) }, flows: [NOW + 9] })).toBe(NOW + 5);
  expect(alarmFor({ owner: erased, flows: [NOW + 9] })).toBe(NOW + 9);
  expect(alarmFor({ owner: erased })).toBe(NOW + 31 * DAY_MS);
});
