import { defaultClients } from "./emulator/clients.ts";
import { emulatorUrls } from "./emulator/emulator-urls.ts";

export const PUBLIC_URL = "https://auth.example.com";
export const APP_ORIGIN = "https://app.example.com";

/** 32 bytes each, and easy to find where they must not be. */
export const SEALING_KEY_1 = btoa("CANARY-sealing-key-one-32-bytes!").replace(/=+$/, "");
export const SEALING_KEY_2 = btoa("CANARY-sealing-key-two-32-bytes!").replace(/=+$/, "");

/** The configuration that the tests run with. */
export function workerBindings(emulator: string): Record<string, string> {
  return {
    // Named, so that a developer's .dev.vars has no say here.
    JIRA_SCOPES: "",
    SESSION_DAYS: "",
    TOKEN_ENDPOINT: "",
    ...emulatorUrls(emulator),
    PUBLIC_URL,
    APP_ORIGINS: APP_ORIGIN,
    BITBUCKET_CLIENT_ID: defaultClients.bitbucket.id,
    BITBUCKET_CLIENT_SECRET: defaultClients.bitbucket.secret,
    ATLASSIAN_CLIENT_ID: defaultClients.jira.id,
    ATLASSIAN_CLIENT_SECRET: defaultClients.jira.secret,
    SEALING_KEYS: `k1:${SEALING_KEY_1}`,
  };
}
