import type { Provider } from "./emulator-protocol.ts";

export interface EmulatedClient {
  readonly id: string;
  readonly secret: string;
  /** Compared exactly. The real providers take one. */
  readonly callbacks: readonly string[];
}

/** Ids and secrets have the real lengths. Tests look for the secrets where they must not be. */
export const defaultClients: Readonly<Record<Provider, EmulatedClient>> = {
  bitbucket: {
    id: "emulatedBbClient18",
    secret: "CANARYbitbucketSecret0123456789A",
    callbacks: ["http://localhost:8787/auth/bitbucket/callback"],
  },
  jira: {
    id: "emulatedAtlassianClient000000032",
    secret: "ATOA-CANARY_atlassianSecret-0123456789_abcdefghijklmnopqrstuvwxyz-0123456789",
    callbacks: ["http://localhost:8787/auth/jira/callback"],
  },
};
