/**
 * The cookies of a `Cookie` header (RFC 6265bis section 5.8.3), and from nowhere else. Of two with
 * the same name neither counts: one of them was planted. Only spaces and tabs are trimmed.
 */
export function readCookies(header: string | undefined): ReadonlyMap<string, string> {
  const cookies = new Map<string, string>();
  const repeated = new Set<string>();
  for (const pair of header?.split(";") ?? []) {
    const separator = pair.indexOf("=");
    if (separator < 0) continue;
    const name = trim(pair.slice(0, separator));
    if (cookies.has(name)) repeated.add(name);
    cookies.set(name, trim(pair.slice(separator + 1)));
  }
  for (const name of repeated) cookies.delete(name);
  return cookies;
}

/** By hand: a regular expression for the end would look at every run of spaces from each of its starts. */
function trim(text: string): string {
  let [start, end] = [0, text.length];
  while (start < end && isBlank(text[start])) start += 1;
  while (end > start && isBlank(text[end - 1])) end -= 1;
  return text.slice(start, end);
}

function isBlank(character: string | undefined): boolean {
  return character === " " || character === "\t";
}
