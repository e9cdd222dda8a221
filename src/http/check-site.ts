import type { Provider } from "../providers/provider.ts";
import type { NoToken, UsableToken } from "../tokens/token-answer.ts";
import type { KeeperLink } from "./keeper-link.ts";

/**
 * What keeps a call from a site: nothing when it is one of the connection's, or the provider has no
 * sites. One that is not among those that are known makes the object read them afresh.
 */
export async function checkSite(
  keeper: KeeperLink,
  { sitesPath }: Provider,
  { sites }: UsableToken,
  siteId: string,
): Promise<NoToken | { readonly kind: "unknown_site" } | undefined> {
  if (sitesPath === undefined || sites?.some(({ id }) => id === siteId)) return undefined;
  const answer = await keeper.refreshSites();
  if (answer.kind !== "sites") return answer;
  return answer.sites.some(({ id }) => id === siteId) ? undefined : { kind: "unknown_site" };
}
