import type { LoggedRequest, Provider } from "./emulator-protocol.ts";
import type { EmulatorState } from "./emulator-state.ts";
import { parameterWithPlus } from "./read-request.ts";

export interface AuthorizationRequest {
  readonly provider: Provider;
  readonly clientId: string;
  readonly redirectUri: string;
  readonly state: string | null;
  readonly challenge: string | null;
  readonly scopes: readonly string[];
}

/** A mistake is shown on the provider's own page and never reaches the callback. */
export function checkAuthorizationRequest(
  provider: Provider,
  request: LoggedRequest,
  emulator: EmulatorState,
): AuthorizationRequest | { readonly mistake: string } {
  const { query } = request;
  const client = emulator.clients[provider];
  if (query["client_id"] !== client.id) return { mistake: "client_id is unknown" };
  const redirectUri = query["redirect_uri"] ?? "";
  if (!client.callbacks.includes(redirectUri)) {
    return { mistake: "redirect_uri is not registered for client" };
  }
  if (query["response_type"] !== "code") return { mistake: "response_type must be code" };
  const challenge = query["code_challenge"] ?? null;
  if (challenge !== null && query["code_challenge_method"] !== "S256") {
    return { mistake: "code_challenge_method must be S256" };
  }
  const scopes = provider === "jira" ? askedScopes(request, emulator) : ownScopes(emulator);
  if ("mistake" in scopes) return scopes;
  const state = query["state"] ?? null;
  return { provider, clientId: client.id, redirectUri, state, challenge, scopes: scopes.granted };
}

type Scopes = { readonly granted: readonly string[] } | { readonly mistake: string };

// Bitbucket knows no `scope` parameter: the client has its scopes.
function ownScopes({ settings }: EmulatorState): Scopes {
  return { granted: settings.bitbucketScopes };
}

function askedScopes({ query, url }: LoggedRequest, { settings }: EmulatorState): Scopes {
  if (query["audience"] !== "api.atlassian.com")
    return { mistake: "audience is missing or unknown" };
  if (query["prompt"] !== "consent") return { mistake: "prompt must be consent" };
  const asked = new Set((parameterWithPlus(url, "scope") ?? "").split(" ").filter(Boolean));
  if (asked.size === 0) return { mistake: "scope is missing" };
  const allowed = [...settings.jiraAppScopes, "offline_access"];
  const stranger = [...asked].find((scope) => !allowed.includes(scope));
  // `openid` ends here too, whatever the console says.
  if (stranger !== undefined) return { mistake: `scope is not available to the app: ${stranger}` };
  return { granted: [...asked] };
}
