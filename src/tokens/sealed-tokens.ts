import type { ProviderId } from "../providers/provider.ts";
import type { OwnerId } from "../shared/owner-id.ts";
import { decodeEnvelope, type Sealed } from "../vault/envelope.ts";
import type { Keyring } from "../vault/keyring.ts";
import { open, type Place, seal } from "../vault/seal.ts";

/** Whose tokens, of which version. A box opens for no other. */
export interface TokenPlace {
  readonly owner: OwnerId;
  readonly provider: ProviderId;
  readonly version: number;
}

export interface SealedTokens {
  readonly access: Sealed;
  readonly refresh: Sealed | null;
}

export async function sealTokens(
  keyring: Keyring,
  place: TokenPlace,
  accessToken: string,
  refreshToken: string | null,
): Promise<SealedTokens> {
  const [access, refresh] = await Promise.all([
    seal(keyring, "access", toPlace(place), accessToken),
    refreshToken === null ? null : seal(keyring, "refresh", toPlace(place), refreshToken),
  ]);
  return { access, refresh };
}

export function openToken(
  keyring: Keyring,
  kind: "access" | "refresh",
  place: TokenPlace,
  box: string,
): Promise<string | undefined> {
  return open(keyring, kind, toPlace(place), box);
}

/** Whether the key that a box was sealed under is still configured. */
export function isUnderHeldKey(keyring: Keyring, box: Sealed): boolean {
  const keyId = decodeEnvelope(box)?.keyId;
  return keyId !== undefined && keyring.holds(keyId);
}

function toPlace({ owner, provider, version }: TokenPlace): Place {
  return [owner, provider, String(version)];
}
