import { toBase64Url } from "./base64url.ts";

const RANDOM_ID_BYTES = 24;

/** 192 random bits as 32 characters of `[A-Za-z0-9_-]`. */
export function randomId(): string {
  return toBase64Url(crypto.getRandomValues(new Uint8Array(RANDOM_ID_BYTES)));
}
