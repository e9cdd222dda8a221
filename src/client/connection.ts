export type ProviderId = "bitbucket" | "jira";

/** A Jira site that a connection reaches. */
export interface Site {
  /** The `cloudId` that API paths name. */
  readonly id: string;
  readonly name: string;
  readonly url: string;
}

/** What Latchkey has for this browser at one provider. Times are RFC 3339, in UTC. */
export type Connection = Known &
  (
    | { readonly status: "not_configured" }
    | ({ readonly status: "not_connected" } & Connectable)
    | ({ readonly status: "connected" } & Connectable & Account & Health)
    | ({ readonly status: "reconnect_required" } & Connectable & Account & Death)
  );

interface Known {
  readonly provider: ProviderId;
  /** Where the person sees and removes, at the provider, what they allowed. */
  readonly manageUrl: string;
}

interface Connectable {
  readonly connectUrl: string;
}

interface Account {
  /** `null` until the provider told it. */
  readonly account: { readonly id: string } | null;
  readonly scopes: readonly string[];
  /** Jira's, and of them those with a Jira scope; `null` until Atlassian told them. */
  readonly sites?: readonly Site[] | null;
  readonly connectedAt: string;
}

interface Health {
  /** When the access token ends; it is refreshed by itself. */
  readonly expiresAt: string;
  /** When the connection ends if nothing uses it; `null` if it can't be refreshed at all. */
  readonly reconnectBy: string | null;
}

interface Death {
  readonly reason: "grant_expired_or_revoked" | "sealing_key_removed";
}
