// Types alone: the module itself, `latchkey/client`, has a page's DOM code.
import type { ProviderId } from "../client/connection.ts";

interface ProviderNames {
  /** What the person connects. */
  readonly product: string;
  /** Where the person can see and remove what they allowed. */
  readonly home: string;
}

export const PROVIDER_NAMES: Readonly<Record<ProviderId, ProviderNames>> = {
  bitbucket: { product: "Bitbucket", home: "Bitbucket" },
  jira: { product: "Jira", home: "Atlassian" },
};
