import { inject } from "vitest";
import type { ProviderClient } from "../../src/providers/provider-client.ts";
import type { ProviderId } from "../../src/providers/provider.ts";
import { defaultClients } from "../emulator/clients.ts";
import { emulatorUrls } from "../emulator/emulator-urls.ts";
import { testClient } from "../providers/test-client.ts";

/** The origin of the emulator beside this test. */
export const EMULATOR: string = inject("emulator");

/** A client that the emulator knows. */
export function emulatedClient(
  id: ProviderId,
  changes: Partial<ProviderClient> = {},
): ProviderClient {
  const urls = emulatorUrls(EMULATOR);
  const [authUrl, apiUrl] =
    id === "jira"
      ? [urls.ATLASSIAN_AUTH_URL, urls.ATLASSIAN_API_URL]
      : [urls.BITBUCKET_AUTH_URL, urls.BITBUCKET_API_URL];
  const { id: clientId, secret: clientSecret } = defaultClients[id];
  return testClient(id, { issuer: authUrl, authUrl, apiUrl, clientId, clientSecret, ...changes });
}
