import type { LoggedRequest, Provider } from "./emulator-protocol.ts";
import { emulatorNow } from "./emulator-state.ts";
import type { EmulatorState } from "./emulator-state.ts";
import type { Grant } from "./grant-store.ts";

const HOUR_MS = 3_600_000;

export type ApiAccess =
  | { readonly kind: "granted"; readonly grant: Grant }
  | { readonly kind: "none" | "expired" };

/** Only `Authorization: Bearer` counts, never the query or the body. */
export function apiAccess(
  provider: Provider,
  request: LoggedRequest,
  state: EmulatorState,
): ApiAccess {
  const token = state.grants.accessTokens.get(bearerToken(request) ?? "");
  if (token === undefined || token.family.grant.provider !== provider) return { kind: "none" };
  if (!token.family.alive) return { kind: "none" };
  if (token.expiresAt <= emulatorNow(state)) return { kind: "expired" };
  return { kind: "granted", grant: token.family.grant };
}

export function bearerToken({ headers }: LoggedRequest): string | undefined {
  return /^Bearer (\S+)$/i.exec(headers["authorization"] ?? "")?.[1];
}

export interface RateLimit {
  readonly limit: number;
  readonly remaining: number;
  readonly resetSeconds: number;
  readonly exceeded: boolean;
}

/** Counts this call in the account's hour. */
export function countApiCall({ provider, account }: Grant, state: EmulatorState): RateLimit {
  const now = emulatorNow(state);
  const hour = Math.floor(now / HOUR_MS);
  const key = `${provider} ${hour} ${account}`;
  const calls = (state.apiCalls.get(key) ?? 0) + 1;
  state.apiCalls.set(key, calls);
  const enforced = state.settings.apiCallsPerHour[provider];
  const limit = enforced ?? 1000;
  return {
    limit,
    remaining: Math.max(0, limit - calls),
    resetSeconds: Math.ceil(((hour + 1) * HOUR_MS - now) / 1000),
    exceeded: enforced !== null && calls > enforced,
  };
}
