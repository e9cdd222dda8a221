import type {
  GrantMatch,
  GrantSummary,
  LoggedRequest,
  Provider,
  RequestMatch,
  TokenOwner,
} from "./emulator-protocol.ts";
import type { Fault } from "./fault.ts";
import type { SettingsChange } from "./settings.ts";

export interface EmulatorControl {
  /** Forgets everything and cuts every request that is still held, hanging or dripping. */
  reset(): Promise<void>;
  configure(change: SettingsChange): Promise<void>;
  /** Replaces the exact callback URLs of the provider's client. */
  registerCallbacks(provider: Provider, urls: readonly string[]): Promise<void>;
  fault(fault: Fault): Promise<void>;
  /** Disarms what has not struck yet; held requests stay held. */
  clearFaults(): Promise<void>;
  /** Returns how many requests were waiting. Rejects for a name that no fault holds by. */
  release(name: string): Promise<number>;
  requests(match?: RequestMatch): Promise<LoggedRequest[]>;
  /** Resolves as soon as `count` matching requests have arrived; rejects after 30 s unless told. */
  waitForRequests(
    match: RequestMatch,
    count: number,
    options?: { readonly timeoutMs?: number },
  ): Promise<LoggedRequest[]>;
  /** Moves only the emulator's clock. */
  advanceClock(seconds: number): Promise<void>;
  /** Returns how many tokens it met, as the next two do. */
  expireAccessTokens(match?: GrantMatch): Promise<number>;
  /** As if the person had removed the app: all tokens die. Returns how many grants it met. */
  revokeGrants(match?: GrantMatch): Promise<number>;
  /** Access tokens live on. */
  invalidateRefreshTokens(match?: GrantMatch): Promise<number>;
  /** Every family since the reset, oldest first. */
  grants(): Promise<GrantSummary[]>;
  whose(accessToken: string): Promise<TokenOwner | null>;
}

/** Needs nothing but `fetch`, so that it works in Node and inside workerd. */
export function controlEmulator(origin: string): EmulatorControl {
  async function send<T>(command: string, input: unknown = {}): Promise<T> {
    const response = await fetch(`${origin}/_emulator/${command}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(input),
    });
    const { result, error } = (await response.json()) as { result: T; error?: string };
    if (error !== undefined) throw new Error(`emulator, ${command}: ${error}`);
    return result;
  }

  return {
    reset: () => send("reset"),
    configure: (change) => send("configure", change),
    registerCallbacks: (provider, urls) => send("register-callbacks", { provider, urls }),
    fault: (fault) => send("fault", fault),
    clearFaults: () => send("clear-faults"),
    release: (name) => send("release", { name }),
    requests: (match) => send("requests", match),
    async waitForRequests(match, count, { timeoutMs = 30_000 } = {}) {
      const input = { match, count, timeoutMs };
      const arrived = await send<LoggedRequest[]>("wait-for-requests", input);
      if (arrived.length >= count) return arrived;
      const wanted = `${count} requests like ${JSON.stringify(match)}`;
      throw new Error(`emulator: ${arrived.length} of ${wanted} within ${timeoutMs} ms`);
    },
    advanceClock: (seconds) => send("advance-clock", { seconds }),
    expireAccessTokens: (match) => send("expire-access-tokens", match),
    revokeGrants: (match) => send("revoke-grants", match),
    invalidateRefreshTokens: (match) => send("invalidate-refresh-tokens", match),
    grants: () => send("grants"),
    whose: (accessToken) => send("whose", { accessToken }),
  };
}
