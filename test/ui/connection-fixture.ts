import type { Connection } from "../../src/client/connection.ts";

type Connected = Extract<Connection, { status: "connected" }>;

const KNOWN = {
  provider: "jira",
  manageUrl: "https://id.atlassian.com/manage-profile/apps",
} as const;
const CONNECTABLE = { ...KNOWN, connectUrl: "https://auth.example.com/auth/jira" };
const ACCOUNT = {
  ...CONNECTABLE,
  account: { id: "712020:abc" },
  scopes: ["read:jira-work"],
  sites: [{ id: "cloud-1", name: "Acme", url: "https://acme.atlassian.net" }],
  connectedAt: "2026-11-21T19:00:00Z",
};

/** A working Jira connection, changed where a test needs it. */
export function connectionWith(changes: Partial<Connected> = {}): Connected {
  return {
    ...ACCOUNT,
    status: "connected",
    expiresAt: "2026-11-21T20:00:00Z",
    reconnectBy: "2027-02-19T19:00:00Z",
    ...changes,
  };
}

/** Jira in each of the states in which nothing can be called. */
export const WITHOUT_ACCESS = {
  reconnect_required: {
    ...ACCOUNT,
    status: "reconnect_required",
    reason: "grant_expired_or_revoked",
  },
  not_connected: { ...CONNECTABLE, status: "not_connected" },
  not_configured: { ...KNOWN, status: "not_configured" },
} as const satisfies { readonly [Status in Connection["status"]]?: Connection };
