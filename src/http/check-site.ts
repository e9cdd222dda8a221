import type { Provider } from "../providers/provider.ts";
import type { Session } from "../session/session.ts";
import type { TokenAnswer } from "../tokens/token-answer.ts";
import type { AppContext } from "./app-types.ts";
import { askForSession } from "./ask-for-session.ts";

type Token = Extract<TokenAnswer, { kind: "token" }>;

/**
 * What keeps a call from a site: nothing when it is one of the connection's, or the provider has no
 * sites. One that is not among those that are known makes the object read them afresh.
 */
export async function checkSite(
  c: AppContext,
  provider: Provider,
  session: Session,
  token: Token,
  siteId: string,
): Promise<"unknown_site" | "provider_unavailable" | undefined> {
  if (provider.sitesPath === undefined) return undefined;
  if (token.sites?.some(({ id }) => id === siteId)) return undefined;
  const sites = await askForSession(c, session, (keeper) =>
    keeper.refreshSites(provider.id, session.id),
  );
  if (sites === null) return "provider_unavailable";
  return sites.some(({ id }) => id === siteId) ? undefined : "unknown_site";
}
