import type { JsonObject } from "../shared/json.ts";

const FALLBACK_LIFETIME_SECONDS = 300;
export const MAX_LIFETIME_SECONDS = 24 * 60 * 60;
/** RFC 6749 appendix A.12: a token is made of visible characters and spaces. */
const TOKEN = /^[\x20-\x7e]+$/;

/** What a token endpoint granted. */
export interface TokenGrant {
  readonly accessToken: string;
  /** `undefined`: the answer brought none, the old one stays. */
  readonly refreshToken: string | undefined;
  readonly lifetimeSeconds: number;
  /** `undefined`: the answer did not say. */
  readonly scopes: readonly string[] | undefined;
}

/**
 * Reduces a token answer (RFC 6749 section 5.1) to the fields we use. Only an unusable
 * `access_token` or `token_type` makes it no grant; any other odd field is dropped, because the
 * refresh token that paid for this answer is already spent.
 */
export function toTokenGrant(answer: JsonObject): TokenGrant | undefined {
  const { access_token: accessToken, token_type: tokenType } = answer;
  if (!isToken(accessToken) || !isBearer(tokenType)) return undefined;
  return {
    accessToken,
    refreshToken: isToken(answer.refresh_token) ? answer.refresh_token : undefined,
    lifetimeSeconds: toLifetime(answer.expires_in),
    scopes: toScopes(answer.scope ?? answer.scopes),
  };
}

function isToken(value: unknown): value is string {
  return typeof value === "string" && TOKEN.test(value);
}

function isBearer(tokenType: unknown): boolean {
  return (
    tokenType === undefined ||
    tokenType === null ||
    (typeof tokenType === "string" && tokenType.toLowerCase() === "bearer")
  );
}

function toLifetime(expiresIn: unknown): number {
  const seconds = typeof expiresIn === "string" ? Number(expiresIn) : expiresIn;
  if (typeof seconds !== "number" || !Number.isFinite(seconds) || seconds <= 0) {
    return FALLBACK_LIFETIME_SECONDS;
  }
  return Math.min(seconds, MAX_LIFETIME_SECONDS);
}

function toScopes(scope: unknown): readonly string[] | undefined {
  if (typeof scope !== "string") return undefined;
  const scopes = [...new Set(scope.split(/\s+/).filter(Boolean))];
  return scopes.length > 0 ? scopes : undefined;
}
