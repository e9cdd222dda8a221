/** What a URL parser turns into something else: `/a/../b` into `/b`, `\` into `/`, a tab into nothing. */
const REWRITTEN = /[\p{Cc} \\]|\/(\.|%2e){1,2}(\/|$)/iu;

/**
 * An address of Latchkey's. What a front-end puts into it, a provider's name or an id in a path, must
 * never lead to another path than the one that was written, least of all to `DELETE /session`.
 *
 * @throws {TypeError} when a browser would not send the path as it stands
 */
export function latchkeyUrl(origin: string, path: string): string {
  const [segments = ""] = path.split("?", 1);
  if (REWRITTEN.test(segments) || path.includes("#")) {
    throw new TypeError(`Not a path: ${path}. Encode what you put into it (encodeURIComponent).`);
  }
  return origin + path;
}
