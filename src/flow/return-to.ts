const MAX_RAW_CHARACTERS = 2_048;
export const MAX_HREF_BYTES = 1_500;
/** Control characters (U+0000 to U+001F, U+007F to U+009F), the space and the backslash. */
const UNSAFE_CHARACTERS = /[\p{Cc} \\]/u;
const OWN_PATHS = /^\/(auth|api)\//;

/** Where a flow may send the browser. */
export interface ReturnToRules {
  readonly publicOrigin: string;
  /** Exact origins, that of `PUBLIC_URL` among them. Only loopback ones may be `http:`. */
  readonly allowedOrigins: ReadonlySet<string>;
}

/**
 * The address that goes out for a raw `return_to`, or `undefined` when it may not be used.
 * What is checked is what is sent: the parsed URL's `href`, never the raw text (RFC 9700
 * section 4.11: open redirectors).
 */
export function checkReturnTo(raw: string, rules: ReturnToRules): string | undefined {
  if (raw.length > MAX_RAW_CHARACTERS || UNSAFE_CHARACTERS.test(raw)) return undefined;
  const url = URL.parse(raw);
  // The scheme first: `blob:https://app.example/…` has the origin of what it wraps.
  if (!url || (url.protocol !== "https:" && url.protocol !== "http:")) return undefined;
  if (url.username !== "" || url.password !== "") return undefined;
  if (!rules.allowedOrigins.has(url.origin)) return undefined;
  if (url.origin === rules.publicOrigin && leadsIntoOwnRoutes(url)) return undefined;
  return new TextEncoder().encode(url.href).length <= MAX_HREF_BYTES ? url.href : undefined;
}

/** A flow that ends in a flow's route, or in the proxy, helps nobody but an attacker. */
function leadsIntoOwnRoutes(url: URL): boolean {
  try {
    return OWN_PATHS.test(decodeURIComponent(url.pathname));
  } catch {
    return true;
  }
}
