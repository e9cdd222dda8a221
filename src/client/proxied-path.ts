import type { ProviderId } from "./connection.ts";

/**
 * Where Latchkey has a path of a provider's API.
 *
 * @throws {TypeError} when it does not begin with a slash
 */
export function proxiedPath(provider: ProviderId, path: string, site?: string): string {
  if (!path.startsWith("/")) throw new TypeError(`A path begins with a slash: ${path}`);
  const root = site === undefined ? "" : `/${encodeURIComponent(site)}`;
  return `/api/${provider}${root}${path}`;
}
