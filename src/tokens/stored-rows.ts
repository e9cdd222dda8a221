// The object's own rows: what decides. Kept in its SQLite storage through the synchronous
// key-value interface, so that writes with no `await` between them commit together, and an
// object that never wrote has no table.
import type { Site } from "../oauth/look-up-account.ts";
import type { ProviderId } from "../providers/provider.ts";
import type { Sealed } from "../vault/envelope.ts";

/** The owner, from the first connect on. */
export type OwnerRow =
  | {
      readonly state: "live";
      /** An id alone opens nothing: a session is a sealed cookie with it. */
      readonly sessionId: string;
      readonly sessionHash: string;
      readonly superseded: readonly SupersededSession[];
      readonly seenDay: number;
    }
  /** The tombstone: an erased owner never lives again. */
  | { readonly state: "erased"; readonly erasedAt: number; readonly kvDue: KvDue | null };

interface SupersededSession {
  readonly hash: string;
  readonly at: number;
}

/** When to try again to bring KV up to date, and how often that failed. */
export interface KvDue {
  readonly at: number;
  readonly failures: number;
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
  /** A refresh whose outcome is not known. */
  readonly intent: Intent | null;
  readonly backoff: Backoff | null;
  /** The last refresh that a caller forced. */
  readonly forcedAt: number | null;
}

export interface Intent {
  readonly at: number;
  /** When the alarm takes it up, unless it is settled before. */
  readonly recoverAt: number;
}

export interface Backoff {
  readonly until: number;
  readonly failures: number;
  readonly since: number;
  /** `doubtful`: the provider's text says wrong credentials, but is known to lie. */
  readonly kind: "unavailable" | "doubtful" | "misconfigured";
  /** Whether the provider itself asked for this wait. */
  readonly asked: boolean;
}

export interface DeadRow extends ConnectionBase, AccountFacts {
  readonly status: "dead";
  readonly reason: "grant_expired_or_revoked" | "sealing_key_removed";
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

export function storedRows(kv: SyncKvStorage): StoredRows {
  const flowKeys = () => [...kv.list<number>({ prefix: FLOW_PREFIX })];
  return {
    owner: () => kv.get<OwnerRow>("owner"),
    putOwner: (row) => kv.put("owner", row),
    connection: (provider) => kv.get<ConnectionRow>(`connection:${provider}`),
    putConnection: (provider, row) => kv.put(`connection:${provider}`, row),
    deleteConnection: (provider) => void kv.delete(`connection:${provider}`),
    consumedFlows: () => flowKeys().map(([, expiresAt]) => expiresAt),
    isFlowConsumed: (flowId) => kv.get(FLOW_PREFIX + flowId) !== undefined,
    consumeFlow: (flowId, expiresAt) => kv.put(FLOW_PREFIX + flowId, expiresAt),
    forgetExpiredFlows(nowMs) {
      for (const [key, expiresAt] of flowKeys()) if (expiresAt <= nowMs) kv.delete(key);
    },
  };
}
