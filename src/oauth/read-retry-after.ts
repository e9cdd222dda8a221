import { SECOND_MS } from "../shared/time.ts";

const MAX_RETRY_AFTER_SECONDS = 3_600;

/** `Retry-After` in seconds, given as seconds or as a date (RFC 9110 section 10.2.3); capped at an hour. */
export function readRetryAfter(headers: Headers, nowMs: number): number | undefined {
  const value = headers.get("Retry-After")?.trim();
  if (!value) return undefined;
  // An HTTP date ends in GMT; `Date.parse` alone makes one of "-5" and "1.5" too.
  const date = value.endsWith(" GMT") ? Date.parse(value) : Number.NaN;
  const seconds = /^\d+$/.test(value) ? Number(value) : Math.ceil((date - nowMs) / SECOND_MS);
  if (Number.isNaN(seconds)) return undefined;
  return Math.min(Math.max(seconds, 1), MAX_RETRY_AFTER_SECONDS);
}
