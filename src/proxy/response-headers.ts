import { allowList, passHeaders } from "./pass-headers.ts";

/** What of an answer's headers comes back, and what a front-end's script may read of it. */
export const RESPONSE_HEADERS = [
  "Accept-Ranges",
  "Content-Encoding",
  "Content-Language",
  "Content-Length",
  "Content-Range",
  "Content-Type",
  "ETag",
  "Last-Modified",
  "Location",
  "RateLimit",
  "RateLimit-Policy",
  "RateLimit-Reason",
  "Retry-After",
  "X-RateLimit-FillRate",
  "X-RateLimit-Interval-Seconds",
  "X-RateLimit-Limit",
  "X-RateLimit-NearLimit",
  "X-RateLimit-Remaining",
  "X-RateLimit-Reset",
  "X-RateLimit-Resource",
] as const;

const PASSED = allowList(RESPONSE_HEADERS);

/** One media type (RFC 9110 section 8.3.1). Two of them, joined by a comma, are none. */
const MEDIA_TYPE =
  /^[\w!#$%&'*+.^`|~-]+\/[\w!#$%&'*+.^`|~-]+(\s*;\s*[\w-]+=([\w!#$%&'*+.^`|~:-]+|"[^"\\]*"))*\s*(;\s*)?$/;
/** Of Latchkey alone (RFC 9457): a caller must be able to tell whose refusal it is. */
const PROBLEM_TYPE = /^application\/problem\+json/i;
const JSON_TYPE = /^application\/([\w.-]+\+)?json\s*(;|$)/i;

/**
 * The headers of an answer as a caller gets them. Whatever its bytes are, they never become a
 * document on this origin.
 * @param toLocation where a `Location` leads to from here; `null` for nowhere
 */
export function responseHeaders(
  upstream: Headers,
  toLocation: (location: string) => string | null,
): Record<string, string> {
  const { location, ...passed } = passHeaders(upstream, PASSED);
  const told = passed["content-type"] ?? "";
  const type = MEDIA_TYPE.test(told)
    ? told.replace(PROBLEM_TYPE, "application/json")
    : "application/octet-stream";
  const leadsTo = location === undefined ? null : toLocation(location);
  return {
    ...passed,
    "content-type": type,
    "content-security-policy": "sandbox; default-src 'none'; frame-ancestors 'none'",
    ...(JSON_TYPE.test(type) ? {} : { "content-disposition": "attachment" }),
    ...(leadsTo === null ? {} : { location: leadsTo }),
  };
}
