import type { ProviderClient } from "../providers/provider-client.ts";
import type { ProxiedPath } from "./read-proxied-path.ts";

/** Where a proxied path leads, and where what comes back from there may point. */
export interface Upstream {
  readonly url: string;
  /**
   * A `Location` of the answer as the caller gets it: in the proxy when it stays below the same
   * root, as it is when it leads to another host by https, otherwise `null`.
   */
  readonly toLocation: (location: string) => string | null;
}

/** `undefined` when the path, as a URL parser reads it, leaves its root. */
export function findUpstream(
  { apiUrl, provider }: ProviderClient,
  publicOrigin: string,
  { root, rest }: ProxiedPath,
): Upstream | undefined {
  const base = URL.parse(`${apiUrl}${provider.apiPrefix}${root}/`)?.href;
  const url = URL.parse(`${base}${rest}`);
  if (base === undefined || !url?.href.startsWith(base)) return undefined;
  return {
    url: url.href,
    toLocation(location) {
      const target = URL.parse(location, url.href);
      if (target?.href.startsWith(base)) {
        return `${publicOrigin}/api/${provider.id}/${root}/${target.href.slice(base.length)}`;
      }
      // To Latchkey itself a browser would take the session along, and our header with it.
      const isForeign = target?.protocol === "https:" && target.origin !== publicOrigin;
      return isForeign ? target.href : null;
    },
  };
}
