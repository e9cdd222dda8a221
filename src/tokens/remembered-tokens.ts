// What was read from KV and opened a moment ago: calls that follow one another need it once. It is one
// more copy that may be old, next to KV's own, and trusted as little.
import { type ProviderId, PROVIDER_IDS } from "../providers/provider.ts";
import type { OwnerId } from "../shared/owner-id.ts";
import { SECOND_MS } from "../shared/time.ts";
import type { Keyring } from "../vault/keyring.ts";
import { kvKey, type KvRecord } from "./kv-record.ts";

/** For so long after KV was read. */
const REMEMBERED_MS = 5 * SECOND_MS;
/** So many are remembered in one isolate. */
export const REMEMBERED_TOKENS = 500;
/** Some kilobytes and a few sites are usual; what is larger is read each time. */
const MAX_TOKEN_LENGTH = 16_384;
const MAX_SITES = 100;

/** What the edge takes from a KV record. */
export interface EdgeToken extends Omit<KvRecord, "connectedAt" | "access" | "refresh"> {
  readonly accessToken: string;
}

interface Remembered {
  readonly token: EdgeToken;
  readonly readAt: number;
}

interface Memory {
  /** The oldest comes first. */
  readonly tokens: Map<string, Remembered>;
  /** How often something was forgotten. */
  forgets: number;
}

/** By keyring: what opened under one is nothing under another. */
const memories = new WeakMap<Keyring, Memory>();

/**
 * To be called before KV is read. What it gives remembers the token that was read, unless something
 * was forgotten meanwhile, this or another; and lets go of those whose time is up.
 */
export function prepareToRemember(
  keyring: Keyring,
  owner: OwnerId,
  provider: ProviderId,
  nowMs: number,
): (token: EdgeToken) => void {
  const memory = memories.get(keyring) ?? { tokens: new Map<string, Remembered>(), forgets: 0 };
  memories.set(keyring, memory);
  const { forgets } = memory;
  return (token) => {
    if (memory.forgets > forgets || isLarge(token)) return;
    const { tokens } = memory;
    const key = kvKey(owner, provider);
    tokens.delete(key);
    for (const [oldest, { readAt }] of tokens) {
      if (isYoung(readAt, nowMs) && tokens.size < REMEMBERED_TOKENS) break;
      tokens.delete(oldest);
    }
    tokens.set(key, { token, readAt: nowMs });
  };
}

/** What KV said of a connection in the last seconds, if it was read here. */
export function recallToken(
  keyring: Keyring,
  owner: OwnerId,
  provider: ProviderId,
  nowMs: number,
): EdgeToken | undefined {
  const known = memories.get(keyring)?.tokens.get(kvKey(owner, provider));
  return known && isYoung(known.readAt, nowMs) ? known.token : undefined;
}

/** For when an owner's object was asked: what is remembered must not outlive what it did. */
export function forgetTokens(keyring: Keyring, owner: OwnerId): void {
  const memory = memories.get(keyring);
  if (!memory) return;
  memory.forgets += 1;
  for (const provider of PROVIDER_IDS) memory.tokens.delete(kvKey(owner, provider));
}

function isLarge({ accessToken, sites }: EdgeToken): boolean {
  return accessToken.length > MAX_TOKEN_LENGTH || (sites?.length ?? 0) > MAX_SITES;
}

/** A clock that was set back makes nothing last longer. */
function isYoung(readAt: number, nowMs: number): boolean {
  return Math.abs(nowMs - readAt) < REMEMBERED_MS;
}
