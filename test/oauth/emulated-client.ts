import { EMULATOR_ORIGIN } from "../emulator-origin.ts";
import type { ProviderClient } from "../../src/providers/provider-client.ts";
import type { ProviderId } from "../../src/providers/provider.ts";
import { defaultClients } from "../emulator/clients.ts";
import { emulatorUrls } from "../emulator/emulator-urls.ts";
import { testClient } from "../providers/test-client.ts";

/** A client that the emulator knows. */
export function emulatedClient(
  id: ProviderId,
  changes: Partial<ProviderClient> = {},
): ProviderClient {
  const urls = emulatorUrls(EMULATOR_ORIGIN);
  const [authUrl, apiUrl] =
    id === "jira"
      ? [urls.ATLASSIAN_AUTH_URL, urls.ATLASSIAN_API_URL]
      : [urls.BITBUCKET_AUTH_URL, urls.BITBUCKET_API_URL];
  const { id: clientId, secret: clientSecret } = defaultClients[id];
  return testClient(id, { issuer: authUrl, authUrl, apiUrl, clientId, clientSecret, ...changes });
}
