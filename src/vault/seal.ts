// Sealing: AES-256-GCM (NIST SP 800-38D) under a key derived for each box with HKDF-SHA-256
// (RFC 5869). Knows bytes and purposes, never what a text means.
import {
  decodeEnvelope,
  encodeEnvelope,
  FORMAT_VERSION,
  IV_BYTES,
  SALT_BYTES,
  type Sealed,
  TAG_BYTES,
} from "./envelope.ts";
import type { Keyring } from "./keyring.ts";

/** What a box is for. A box opens only for the purpose it was sealed for. */
export type Purpose = "access" | "refresh" | "session" | "flow";

/** Where a box belongs, in a fixed order for each purpose. It opens nowhere else. */
export type Place = readonly string[];

/** Seals a text under the keyring's first key. */
export async function seal(
  keyring: Keyring,
  purpose: Purpose,
  place: Place,
  plaintext: string,
): Promise<Sealed> {
  const keyId = keyring.sealingKeyId;
  const salt = crypto.getRandomValues(new Uint8Array(SALT_BYTES));
  const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
  const masterKey = await keyring.masterKey(keyId);
  if (!masterKey) throw new Error("the keyring lacks its own sealing key");
  const ciphertext = await crypto.subtle.encrypt(
    gcm(iv, keyId, purpose, place),
    await boxKey(masterKey, salt, purpose, "encrypt"),
    new TextEncoder().encode(plaintext),
  );
  return encodeEnvelope({ keyId, salt, iv, ciphertext: new Uint8Array(ciphertext) });
}

/**
 * The text in a box, or `undefined`. Every failure is the same from outside: a flipped byte, a
 * truncation, an unknown key id, another purpose or another place.
 */
export async function open(
  keyring: Keyring,
  purpose: Purpose,
  place: Place,
  box: string,
): Promise<string | undefined> {
  const envelope = decodeEnvelope(box);
  const masterKey = envelope && (await keyring.masterKey(envelope.keyId));
  if (!envelope || !masterKey) return undefined;
  try {
    const plaintext = await crypto.subtle.decrypt(
      gcm(envelope.iv, envelope.keyId, purpose, place),
      await boxKey(masterKey, envelope.salt, purpose, "decrypt"),
      envelope.ciphertext,
    );
    return new TextDecoder("utf-8", { fatal: false, ignoreBOM: true }).decode(plaintext);
  } catch {
    return undefined;
  }
}

/** One key for one box and one purpose: the limit of 2^32 random IVs under a key is out of reach. */
function boxKey(
  masterKey: CryptoKey,
  salt: Uint8Array<ArrayBuffer>,
  purpose: Purpose,
  usage: "encrypt" | "decrypt",
): Promise<CryptoKey> {
  const info = new TextEncoder().encode(`latchkey ${FORMAT_VERSION} ${purpose}`);
  return crypto.subtle.deriveKey(
    { name: "HKDF", hash: "SHA-256", salt, info },
    masterKey,
    { name: "AES-GCM", length: 256 },
    false,
    [usage],
  );
}

function gcm(iv: Uint8Array<ArrayBuffer>, keyId: string, purpose: Purpose, place: Place) {
  const additionalData = lengthPrefixed([String(FORMAT_VERSION), keyId, purpose, ...place]);
  return { name: "AES-GCM", iv, additionalData, tagLength: TAG_BYTES * 8 };
}

/** Joins texts so that no two lists give the same bytes. */
function lengthPrefixed(texts: readonly string[]): Uint8Array<ArrayBuffer> {
  const encoder = new TextEncoder();
  const encoded = texts.map((text) => encoder.encode(text));
  const joined = new Uint8Array(encoded.reduce((length, text) => length + 2 + text.length, 0));
  let offset = 0;
  for (const text of encoded) {
    joined[offset] = text.length >>> 8;
    joined[offset + 1] = text.length;
    joined.set(text, offset + 2);
    offset += 2 + text.length;
  }
  return joined;
}
