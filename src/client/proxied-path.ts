import type { ProviderId } from "./connection.ts";

/** What a URL parser turns into something else: `/a/../b` into `/b`, `\` into `/`, a tab into nothing. */
const REWRITTEN = /[\p{Cc} \\]|\/(\.|%2e){1,2}(\/|$)/iu;

/**
 * Where Latchkey has a path of a provider's API. An id that a front-end put into the path must never
 * lead to another path than the one it wrote, least of all to Latchkey's own `DELETE /session`.
 *
 * @throws {TypeError} when a browser would not send the path as it stands
 */
export function proxiedPath(provider: ProviderId, path: string, site?: string): string {
  const root = site === undefined ? "" : `/${encodeURIComponent(site)}`;
  const whole = `/api/${provider}${root}${path}`;
  const [segments = ""] = whole.split(/[?#]/, 1);
  if (!path.startsWith("/") || REWRITTEN.test(segments)) {
    throw new TypeError(`Not a path: ${path}. Encode what you put into it (encodeURIComponent).`);
  }
  return whole;
}
