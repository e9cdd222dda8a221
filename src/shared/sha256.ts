import { toBase64Url } from "./base64url.ts";

/** The SHA-256 of a text's UTF-8 bytes, in base64url (43 characters). */
export async function sha256(text: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return toBase64Url(new Uint8Array(digest));
}
