import { defaultClients } from "./clients.ts";
import type { EmulatedClient } from "./clients.ts";
import type { Provider } from "./emulator-protocol.ts";
import { createFaultList } from "./fault-list.ts";
import type { FaultList } from "./fault-list.ts";
import { createGrantStore } from "./grant-store.ts";
import type { GrantStore } from "./grant-store.ts";
import { createRequestLog } from "./request-log.ts";
import type { RequestLog } from "./request-log.ts";
import { defaultSettings } from "./settings.ts";
import type { EmulatorSettings } from "./settings.ts";

export interface JiraIssue {
  readonly id: string;
  readonly key: string;
  readonly summary: string;
}

/** Everything `reset()` throws away. */
export interface EmulatorState {
  readonly origin: string;
  settings: EmulatorSettings;
  clients: Record<Provider, EmulatedClient>;
  clockOffsetMs: number;
  readonly grants: GrantStore;
  readonly faults: FaultList;
  readonly log: RequestLog;
  /** By site id. */
  readonly issues: Map<string, JiraIssue[]>;
  /** API calls by provider, account and hour. */
  readonly apiCalls: Map<string, number>;
  /** Aborted by `reset()` and `close()`: ends what is held, hanging or dripping. */
  readonly ended: AbortController;
}

export function createEmulatorState(origin: string): EmulatorState {
  return {
    origin,
    settings: defaultSettings,
    clients: { ...defaultClients },
    clockOffsetMs: 0,
    grants: createGrantStore(),
    faults: createFaultList(),
    log: createRequestLog(),
    issues: new Map(),
    apiCalls: new Map(),
    ended: new AbortController(),
  };
}

export function emulatorNow(state: EmulatorState): number {
  return Date.now() + state.clockOffsetMs;
}
