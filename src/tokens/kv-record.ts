import type { Site } from "../oauth/site.ts";
import type { ProviderId } from "../providers/provider.ts";
import type { OwnerId } from "../shared/owner-id.ts";
import type { Sealed } from "../vault/envelope.ts";
import type { TokenLife } from "./token-policy.ts";

/** A connection's sealed copy in Workers KV: what the edge reads. */
export interface KvRecord extends TokenLife {
  readonly version: number;
  /** Hash of the session id that may read it. */
  readonly session: string;
  /** When the consent was given that it stems from (ms). */
  readonly connectedAt: number;
  readonly scopes: readonly string[];
  readonly sites: readonly Site[] | null;
  readonly access: Sealed;
  readonly refresh: Sealed | null;
}

/** Lets an operator count records by key id and age without opening anything: `npm run keys`. */
export interface KvMetadata {
  readonly version: number;
  readonly keyId: string;
  readonly keySince: number;
  readonly expiresAt: number;
}

export function kvKey(owner: OwnerId, provider: ProviderId): string {
  return `connection:${owner}:${provider}`;
}
