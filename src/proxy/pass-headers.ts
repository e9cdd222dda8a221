/**
 * The headers of an allow-list that a message carries, and no other. What `Connection` names ends
 * with this connection (RFC 9110 section 7.6.1).
 */
export function passHeaders(from: Headers, allowed: readonly string[]): Headers {
  const named = new Set(
    from
      .get("Connection")
      ?.toLowerCase()
      .split(/[\s,]+/),
  );
  const passed = new Headers();
  for (const name of allowed) {
    const value = named.has(name.toLowerCase()) ? null : from.get(name);
    if (value !== null) passed.set(name, value);
  }
  return passed;
}
