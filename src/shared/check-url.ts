// What a URL in the configuration must be. `http:` is for loopback hosts alone.

/** The URL parser lets `*`, `;` and more into a host. */
const HOST = /^(\[[0-9a-f:.]+\]|([a-z0-9-]+\.)*[a-z0-9-]+)$/;

/** The origin in a text that is an origin and nothing more; a closing slash is fine. */
export function readOrigin(text: string): string | undefined {
  const url = URL.parse(text);
  if (!url || !isTrustworthy(url)) return undefined;
  return [url.origin, `${url.origin}/`].includes(text.toLowerCase()) ? url.origin : undefined;
}

/** Whether paths can be appended to a text: a URL without credentials, query or fragment. */
export function isBaseUrl(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && isTrustworthy(url) && !/[?#\s\\]/.test(text);
}

export function isLoopback({ hostname }: URL): boolean {
  return (
    hostname === "localhost" ||
    hostname.endsWith(".localhost") ||
    /^127\.\d+\.\d+\.\d+$/.test(hostname) ||
    hostname === "[::1]"
  );
}

function isTrustworthy(url: URL): boolean {
  if (url.username !== "" || url.password !== "" || !HOST.test(url.hostname)) return false;
  return url.protocol === "https:" || (url.protocol === "http:" && isLoopback(url));
}
