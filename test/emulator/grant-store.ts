import { randomBytes } from "node:crypto";
import type { EmulatedSite } from "./accounts.ts";
import type { GrantMatch, Provider } from "./emulator-protocol.ts";

/** One per app and account: a new consent overrides the scopes and merges the sites. */
export interface Grant {
  readonly provider: Provider;
  readonly account: string;
  scopes: readonly string[];
  sites: readonly EmulatedSite[];
}

/** All tokens that descend from one code. Times are milliseconds of the emulator's clock. */
export interface Family {
  readonly id: string;
  readonly grant: Grant;
  readonly startedAt: number;
  refreshes: number;
  /** Refreshes that were sent and are not answered yet, and the most there ever were. */
  underWay: number;
  mostAtOnce: number;
  alive: boolean;
  /** Until then Bitbucket answers everything of this family as if the client were unknown. */
  confusedUntil: number;
}

export interface RefreshToken {
  readonly family: Family;
  readonly issuedAt: number;
  spentAt: number | null;
  invalid: boolean;
}

interface AccessToken {
  readonly family: Family;
  expiresAt: number;
}

export interface AuthorizationCode {
  readonly provider: Provider;
  readonly account: string;
  readonly redirectUri: string;
  readonly scopes: readonly string[];
  readonly sites: readonly EmulatedSite[];
  readonly challenge: string | null;
  readonly expiresAt: number;
  used: boolean;
}

export interface GrantStore {
  readonly codes: Map<string, AuthorizationCode>;
  readonly grants: Map<string, Grant>;
  readonly families: Family[];
  readonly refreshTokens: Map<string, RefreshToken>;
  readonly accessTokens: Map<string, AccessToken>;
}

export function createGrantStore(): GrantStore {
  return {
    codes: new Map(),
    grants: new Map(),
    families: [],
    refreshTokens: new Map(),
    accessTokens: new Map(),
  };
}

export function startFamily(store: GrantStore, code: AuthorizationCode, now: number): Family {
  const { provider, account, scopes } = code;
  const key = grantKey(provider, account);
  const grant = store.grants.get(key) ?? { provider, account, scopes, sites: [] };
  const merged = new Map([...grant.sites, ...code.sites].map((site) => [site.id, site]));
  grant.scopes = scopes;
  grant.sites = [...merged.values()];
  store.grants.set(key, grant);
  const id = `${provider}-family-${store.families.length + 1}`;
  const family = {
    id,
    grant,
    startedAt: now,
    refreshes: 0,
    underWay: 0,
    mostAtOnce: 0,
    alive: true,
    confusedUntil: 0,
  };
  store.families.push(family);
  return family;
}

export function issueAccessToken(
  store: GrantStore,
  family: Family,
  { length, expiresAt }: { length: number; expiresAt: number },
): string {
  const token = opaqueToken(`emulated-${family.grant.provider}-access`, length);
  store.accessTokens.set(token, { family, expiresAt });
  return token;
}

export function issueRefreshToken(store: GrantStore, family: Family, now: number): string {
  const token = opaqueToken(`emulated-${family.grant.provider}-refresh`, 200);
  store.refreshTokens.set(token, { family, issuedAt: now, spentAt: null, invalid: false });
  return token;
}

export function issueCode(store: GrantStore, code: AuthorizationCode): string {
  const value = opaqueToken(`emulated-${code.provider}-code`, 700);
  store.codes.set(value, code);
  return value;
}

/** The person removed the app: every token dies, and the next consent starts from nothing. */
export function revokeGrants(store: GrantStore, match: GrantMatch): number {
  const revoked = [...store.grants.values()].filter((grant) => matchesGrant(match, grant));
  for (const grant of revoked) {
    store.grants.delete(grantKey(grant.provider, grant.account));
    for (const family of store.families) if (family.grant === grant) family.alive = false;
  }
  return revoked.length;
}

export function matchesGrant(match: GrantMatch, grant: Grant): boolean {
  return (
    (match.provider === undefined || match.provider === grant.provider) &&
    (match.account === undefined || match.account === grant.account)
  );
}

function grantKey(provider: Provider, account: string): string {
  return `${provider} ${account}`;
}

// Base64 with `+`, `/` and a closing `=`: what a sloppy form encoder breaks.
function opaqueToken(prefix: string, length: number): string {
  const random = randomBytes(Math.ceil(Math.max(length, 64) * 0.75)).toString("base64");
  return `${prefix}.${random.replaceAll("=", "")}`.slice(0, Math.max(length, 64) - 1) + "=";
}
