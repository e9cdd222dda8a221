// Which request paths the proxy takes. It looks at the path as it came: routers and URL parsers
// decode, and what they decode is no longer what the provider would be sent.
import type { Provider } from "../providers/provider.ts";

/** A proxied path's parts, exactly as they came. */
export interface ProxiedPath {
  /** The first segment: `2.0` at Bitbucket, the `cloudId` at Jira. */
  readonly root: string;
  /** All after `root` and its slash, the query included. */
  readonly rest: string;
}

type PathReading = ProxiedPath | "not_found" | "invalid_path";

const ORIGIN = /^[a-z]+:\/\/[^/?#]*/i;
/** In percent form: `%`, `.`, `\`. Whoever decodes once more would see something else. */
const DECODED_TWICE = /%(?:25|2e|5c)/i;
/** Control characters: U+0000 to U+001F, U+007F to U+009F. */
const CONTROL_OR_BACKSLASH = /[\p{Cc}\\]/u;

/** Takes `/api/{provider}/{root}/{rest}` apart. */
export function readProxiedPath(url: string, { id, apiRoot }: Provider): PathReading {
  const target = url.replace(ORIGIN, "");
  const queryAt = target.indexOf("?");
  const path = queryAt < 0 ? target : target.slice(0, queryAt);
  const prefix = `/api/${id}/`;
  if (!path.startsWith(prefix)) return "not_found";
  const segments = path.slice(prefix.length).split("/");
  if (segments.length < 2) return "not_found";
  // One closing slash is fine.
  const named = segments.at(-1) === "" ? segments.slice(0, -1) : segments;
  if (!named.every(isSafeSegment)) return "invalid_path";
  const [root = ""] = segments;
  if (apiRoot !== undefined && root !== apiRoot) return "not_found";
  return { root, rest: target.slice(prefix.length + root.length + 1) };
}

/** `%2F` may stand inside a segment (a branch name); what it separates is held to the same. */
function isSafeSegment(segment: string): boolean {
  // In percent form these are letters like any other; a `#` as it stands would end the path, and
  // URL parsers take a space off its end.
  if (DECODED_TWICE.test(segment) || /[# ]/.test(segment)) return false;
  const decoded = decode(segment);
  if (decoded === undefined || CONTROL_OR_BACKSLASH.test(decoded)) return false;
  return decoded.split("/").every(isName);
}

/** `undefined` for a `%` without two digits, and for bytes that are not UTF-8. */
function decode(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}

/** Some servers take what follows a `;` off before they look for dots. */
function isName(part: string): boolean {
  const [name] = part.split(";");
  return name !== "" && name !== "." && name !== "..";
}
