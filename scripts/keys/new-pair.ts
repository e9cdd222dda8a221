import { randomBytes } from "node:crypto";

const KEY_BYTES = 32;

/** A fresh pair for `SEALING_KEYS`. */
export function newPair(id: string): string {
  return `${id}:${randomBytes(KEY_BYTES).toString("base64url")}`;
}
