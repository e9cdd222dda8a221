import type { ProviderClient } from "../../src/providers/provider-client.ts";
import type { ProviderId } from "../../src/providers/provider.ts";
import { PROVIDERS } from "../../src/providers/providers.ts";
import { PUBLIC_URL } from "../worker-bindings.ts";

/** A deployment's client at a provider, changed where a test needs it. */
export function testClient(id: ProviderId, changes: Partial<ProviderClient> = {}): ProviderClient {
  return {
    provider: PROVIDERS[id],
    clientId: `${id}-client`,
    clientSecret: `CANARY-${id}-secret`,
    issuer: `https://auth.${id}.example`,
    authUrl: `https://auth.${id}.example`,
    apiUrl: `https://api.${id}.example`,
    redirectUri: `${PUBLIC_URL}/auth/${id}/callback`,
    scope: id === "jira" ? "read:jira-work offline_access" : "",
    ...changes,
  };
}
