/**
 * The headers of an allow-list that a message carries, and no other. What `Connection` names ends
 * with this connection (RFC 9110 section 7.6.1).
 * @param allowed in lower case, as the names of the answer are
 */
export function passHeaders(from: Headers, allowed: ReadonlySet<string>): Record<string, string> {
  const named = new Set(
    from
      .get("Connection")
      ?.toLowerCase()
      .split(/[\s,]+/),
  );
  const passed: Record<string, string> = {};
  for (const [name, value] of from) {
    if (allowed.has(name) && !named.has(name)) passed[name] = value;
  }
  return passed;
}

/** The names as `passHeaders` takes them. */
export function allowList(names: readonly string[]): ReadonlySet<string> {
  return new Set(names.map((name) => name.toLowerCase()));
}
