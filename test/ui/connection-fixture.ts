import type { Connection } from "../../src/ui/read-connections.ts";

/** A working Jira connection, changed where a test needs it. */
export function connectionWith(changes: Partial<Connection> = {}): Connection {
  return {
    provider: "jira",
    status: "connected",
    reason: null,
    accountId: "712020:abc",
    scopes: ["read:jira-work"],
    sites: [{ name: "Acme", url: "https://acme.atlassian.net" }],
    connectedAt: "2026-11-21T19:00:00Z",
    reconnectBy: "2027-02-19T19:00:00Z",
    connectUrl: "https://auth.example.com/auth/jira",
    manageUrl: "https://id.atlassian.com/manage-profile/apps",
    ...changes,
  };
}
