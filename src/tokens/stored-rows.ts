// The object's own rows: what decides. Kept in its SQLite storage through the synchronous
// key-value interface, so that writes with no `await` between them commit together, and an
// object that never wrote has no table. Instants are Unix milliseconds, days are UTC days.
import type { Site } from "../oauth/site.ts";
import type { ProviderId } from "../providers/provider.ts";
import type { Sealed } from "../vault/envelope.ts";

/** An owner, from the first connect on. */
export interface LiveOwner {
  readonly state: "live";
  /** An id alone opens nothing: a session is a sealed cookie with it. */
  readonly sessionId: string;
  readonly sessionHash: string;
  readonly superseded: readonly SupersededSession[];
  readonly seenDay: number;
}

/** What is left of an erased owner, who never lives again. */
export interface Tombstone {
  readonly state: "erased";
  readonly erasedAt: number;
  readonly kvDue: KvDue | null;
}

export type OwnerRow = LiveOwner | Tombstone;

interface SupersededSession {
  readonly hash: string;
  readonly at: number;
}

/** A write to KV that is still to be made. */
export interface KvDue {
  /** When the alarm makes it, if nothing else did before. */
  readonly at: number;
  /** Writes in a row that failed: how long the next one waits. */
  readonly failures: number;
  /** One that was given up or cut off may still land: once more after a success. */
  readonly mayLandLate: boolean;
  /** KV has it already: once more, and not before `at`. */
  readonly isRepeat: boolean;
}

interface ConnectionBase {
  /** Raised by connect, refresh, disconnect and dead; by nothing else. */
  readonly version: number;
  /** Raised by everything that changes the KV record. */
  readonly revision: number;
  /** Not `null` while KV lacks this revision. */
  readonly kvDue: KvDue | null;
}

interface AccountFacts {
  readonly accountId: string | null;
  readonly sites: readonly Site[] | null;
  readonly scopes: readonly string[];
  readonly connectedAt: number;
}

export interface ConnectedRow extends ConnectionBase, AccountFacts {
  readonly status: "connected";
  readonly refreshedAt: number;
  readonly expiresAt: number;
  readonly lifetimeSeconds: number;
  readonly access: Sealed;
  /** `null`: the provider gave none; the connection ends with its access token. */
  readonly refresh: Sealed | null;
  /** Since when its tokens are sealed under this key id. */
  readonly keySince: number;
  /** A refresh whose outcome is not known: the refresh token may be spent. */
  readonly intent: Intent | null;
  readonly backoff: Backoff | null;
  /** The last refresh that a caller forced. */
  readonly forcedAt: number | null;
  /** When its sites were last asked for because a caller named one that is not among them. */
  readonly sitesAskedAt: number | null;
}

export interface Intent {
  /** When the first attempt left whose outcome is not known. */
  readonly at: number;
  /** When the alarm takes it up, unless it is settled before. `null`: only a caller does. */
  readonly recoverAt: number | null;
}

export interface Backoff {
  /** When it was planned. */
  readonly at: number;
  /** From when the next attempt may be made. */
  readonly until: number;
  /** Attempts in a row that brought no token. */
  readonly failures: number;
  /** When the first of this kind failed. */
  readonly since: number;
  /** `doubtful`: the provider's text says wrong credentials, but is known to lie. */
  readonly kind: "unavailable" | "doubtful" | "misconfigured";
  /** Whether the provider itself asked for this wait. */
  readonly byProvider: boolean;
}

export interface DeadRow extends ConnectionBase, AccountFacts {
  readonly status: "dead";
}

export interface DisconnectedRow extends ConnectionBase {
  readonly status: "disconnected";
}

export type ConnectionRow = ConnectedRow | DeadRow | DisconnectedRow;

const FLOW_PREFIX = "flow:";

export interface StoredRows {
  owner(): OwnerRow | undefined;
  putOwner(row: OwnerRow): void;
  connection(provider: ProviderId): ConnectionRow | undefined;
  putConnection(provider: ProviderId, row: ConnectionRow): void;
  deleteConnection(provider: ProviderId): void;
  /** For each flow id that was used, the instant from which it would be expired anyway. */
  consumedFlows(): readonly number[];
  isFlowConsumed(flowId: string): boolean;
  consumeFlow(flowId: string, expiresAt: number): void;
  forgetExpiredFlows(nowMs: number): void;
}

export function storedRows(storage: SyncKvStorage): StoredRows {
  const flowKeys = () => [...storage.list<number>({ prefix: FLOW_PREFIX })];
  return {
    owner: () => storage.get<OwnerRow>("owner"),
    putOwner: (row) => storage.put("owner", row),
    connection: (provider) => storage.get<ConnectionRow>(`connection:${provider}`),
    putConnection: (provider, row) => storage.put(`connection:${provider}`, row),
    deleteConnection: (provider) => void storage.delete(`connection:${provider}`),
    consumedFlows: () => flowKeys().map(([, expiresAt]) => expiresAt),
    isFlowConsumed: (flowId) => storage.get(FLOW_PREFIX + flowId) !== undefined,
    consumeFlow: (flowId, expiresAt) => storage.put(FLOW_PREFIX + flowId, expiresAt),
    forgetExpiredFlows(nowMs) {
      for (const [key, expiresAt] of flowKeys()) if (expiresAt <= nowMs) storage.delete(key);
    },
  };
}
