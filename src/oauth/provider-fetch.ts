const USER_AGENT = "Latchkey";

/** A request to a provider; the names of its headers in lower case. */
interface ProviderRequest extends Omit<RequestInit, "headers"> {
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * `fetch` as every call to a provider makes it. Redirects are never followed: workerd re-sends the
 * body of a 307 or 308, secrets included, to wherever it points. Cloudflare's cache has no part in
 * it: what it keeps of one person's answer, it would give to the next.
 */
export function providerFetch(url: string, init: ProviderRequest): Promise<Response> {
  const headers = { ...init.headers, "user-agent": USER_AGENT };
  return fetch(url, { ...init, headers, redirect: "manual", cache: "no-store" });
}
