import type { Provider } from "./provider.ts";
import type { Refusal } from "./refusal.ts";

/**
 * What a refused refresh means.
 * - `dead`: only a new consent revives the grant.
 * - `misconfigured`: the deployment's client credentials are refused.
 * - `doubtful`: the text of wrong credentials, which Bitbucket also gives for a rotated-away token
 *   and for a while even for valid ones.
 * - `unavailable`: everything else; the grant may well be alive.
 */
export type RefreshRefusal = "dead" | "misconfigured" | "doubtful" | "unavailable";

export function classifyRefreshRefusal(provider: Provider, refusal: Refusal): RefreshRefusal {
  const { status, error, description } = refusal;
  if (error === undefined || status === 429 || status >= 500) return "unavailable";
  if (error === "invalid_grant") return "dead";
  if (error === "access_denied" && /inactive/i.test(description)) return "dead";
  if (status !== 401 && saysRefreshTokenIsDead(refusal)) return "dead";
  if (status === 401 || error === "invalid_client") return "misconfigured";
  if (!provider.saysWrongCredentials(refusal)) return "unavailable";
  return provider.wrongCredentialsAreDoubtful ? "doubtful" : "misconfigured";
}

function saysRefreshTokenIsDead({ error, description }: Refusal): boolean {
  if (error !== "unauthorized_client" && error !== "invalid_request") return false;
  return (
    /token was globally revoked/i.test(description) ||
    (/refresh[ _]?token/i.test(description) && /invalid|expired|revoked/i.test(description))
  );
}

/** What a refused code exchange means, in the words of the callback's `reason`. */
export type ExchangeFailure =
  | "provider_unavailable"
  | "provider_misconfigured"
  | "provider_rejected";

export function classifyExchangeRefusal(provider: Provider, refusal: Refusal): ExchangeFailure {
  const { status, error } = refusal;
  if (status === 429 || status >= 500) return "provider_unavailable";
  if (error === undefined) return "provider_rejected";
  if (status === 401 || provider.saysWrongCredentials(refusal)) return "provider_misconfigured";
  return classifyAuthorizationError(error);
}

/** What an authorization error means that came back to the callback (RFC 6749 section 4.1.2.1). */
export function classifyAuthorizationError(error: string): ExchangeFailure {
  switch (error) {
    case "server_error":
    case "temporarily_unavailable":
      return "provider_unavailable";
    case "unauthorized_client":
    case "invalid_client":
      return "provider_misconfigured";
    default:
      return "provider_rejected";
  }
}
