import { fromBase64Url, toBase64Url } from "../shared/base64url.ts";

declare const sealed: unique symbol;

/** A sealed box as text. Only `seal` makes one; only `open` reads one. */
export type Sealed = string & { readonly [sealed]: true };

export const FORMAT_VERSION = 1;
export const SALT_BYTES = 16;
/** NIST SP 800-38D section 8.2.2: a random IV has at least 96 bits. */
export const IV_BYTES = 12;
export const TAG_BYTES = 16;

/** The parts of a box: format version, key id (length-prefixed), salt, IV, ciphertext with tag. */
export interface Envelope {
  readonly keyId: string;
  readonly salt: Uint8Array<ArrayBuffer>;
  readonly iv: Uint8Array<ArrayBuffer>;
  readonly ciphertext: Uint8Array<ArrayBuffer>;
}

export function encodeEnvelope({ keyId, salt, iv, ciphertext }: Envelope): Sealed {
  const id = new TextEncoder().encode(keyId);
  const parts = [Uint8Array.of(FORMAT_VERSION, id.length), id, salt, iv, ciphertext];
  const bytes = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    bytes.set(part, offset);
    offset += part.length;
  }
  return toBase64Url(bytes) as Sealed;
}

/** The parts of a text that has the form of a box; whether it opens is another matter. */
export function decodeEnvelope(text: string): Envelope | undefined {
  const bytes = fromBase64Url(text);
  if (bytes?.[0] !== FORMAT_VERSION) return undefined;
  const saltAt = 2 + (bytes[1] ?? 0);
  const ivAt = saltAt + SALT_BYTES;
  const ciphertextAt = ivAt + IV_BYTES;
  if (bytes.length < ciphertextAt + TAG_BYTES) return undefined;
  return {
    // Ids are ASCII; other bytes make one that nobody holds.
    keyId: String.fromCharCode(...bytes.subarray(2, saltAt)),
    salt: bytes.subarray(saltAt, ivAt),
    iv: bytes.subarray(ivAt, ciphertextAt),
    ciphertext: bytes.subarray(ciphertextAt),
  };
}
