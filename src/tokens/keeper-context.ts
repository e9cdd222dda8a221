import type { ProviderClient } from "../providers/provider-client.ts";
import type { ProviderId } from "../providers/provider.ts";
import type { OwnerId } from "../shared/owner-id.ts";
import type { SingleFlight } from "../shared/single-flight.ts";
import type { Keyring } from "../vault/keyring.ts";
import type { RefreshOutcome } from "./refresh-outcome.ts";
import type { StoredRows } from "./stored-rows.ts";

/** What the object's work needs: its rows, its bindings, its clock, and what is under way in it. */
export interface KeeperContext {
  readonly owner: OwnerId;
  readonly rows: StoredRows;
  readonly kv: KVNamespace;
  readonly keyring: Keyring;
  readonly clients: Readonly<Record<ProviderId, ProviderClient | undefined>>;
  readonly sessionDays: number;
  readonly refreshes: SingleFlight<ProviderId, RefreshOutcome>;
  readonly publications: SingleFlight<ProviderId, void>;
  readonly lookups: SingleFlight<string, void>;
  /** How often each connection was disconnected: what a callback that is under way must notice. */
  readonly disconnects: Map<ProviderId, number>;
  now(): number;
  /** Sets the alarm to what the rows ask for. Call it in the same synchronous block as a commit. */
  planAlarm(): void;
  /** Lets work go on after the answer. */
  background(work: Promise<unknown>): void;
}
