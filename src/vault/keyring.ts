import { fromBase64Url } from "../shared/base64url.ts";
import { KEY_ID } from "./key-id.ts";

const KEY_BYTES = 32;

/** The deployment's master keys: the first seals, all open. */
export interface Keyring {
  readonly sealingKeyId: string;
  holds(keyId: string): boolean;
  /** The HKDF key of this id, imported at its first use; `undefined` for an id that is not held. */
  masterKey(keyId: string): Promise<CryptoKey | undefined>;
}

type ParsedKeyring =
  | { readonly keyring: Keyring; readonly problems?: never }
  | { readonly keyring?: never; readonly problems: readonly string[] };

/**
 * Reads `kid:key,kid:key`, each key 32 random bytes in base64url.
 * The problems name key ids and positions, never a part of a key.
 */
export function parseKeyring(text: string): ParsedKeyring {
  const problems: string[] = [];
  const keys = new Map<string, Uint8Array<ArrayBuffer>>();
  for (const [index, pair] of text.split(",").entries()) {
    const position = `SEALING_KEYS, key ${index + 1}`;
    const [keyId = "", encoded = "", ...rest] = pair.trim().split(":");
    const bytes = fromBase64Url(encoded);
    if (!KEY_ID.test(keyId) || rest.length > 0) {
      problems.push(`${position}: must be kid:key, with a kid of 1 to 32 of A-Z a-z 0-9 _ -`);
    } else if (keys.has(keyId)) {
      problems.push(`${position}: the key id is repeated`);
    } else if (bytes?.length !== KEY_BYTES) {
      problems.push(`${position}: the key must be ${KEY_BYTES} bytes in base64url`);
    } else if (bytes.every((byte) => byte === bytes[0])) {
      problems.push(`${position}: the key's bytes are all equal`);
    } else {
      keys.set(keyId, bytes);
    }
  }
  const [sealingKeyId] = keys.keys();
  if (problems.length > 0 || sealingKeyId === undefined) return { problems };
  return { keyring: keyringOf(sealingKeyId, keys) };
}

function keyringOf(sealingKeyId: string, keys: Map<string, Uint8Array<ArrayBuffer>>): Keyring {
  // Holds keys, not promises: a promise made in one request must not be awaited in another.
  const imported = new Map<string, CryptoKey>();
  return {
    sealingKeyId,
    holds: (keyId) => keys.has(keyId),
    async masterKey(keyId) {
      const known = imported.get(keyId);
      const bytes = keys.get(keyId);
      if (known || !bytes) return known;
      const key = await crypto.subtle.importKey("raw", bytes, "HKDF", false, ["deriveKey"]);
      imported.set(keyId, key);
      return key;
    },
  };
}
