import type { Connection, Site } from "../client/connection.ts";
import { PROVIDER_NAMES } from "./provider-names.ts";

/** One line of a card: a term and what is known about it. */
export type Fact =
  | { readonly term: string; readonly text: string }
  | { readonly term: string; readonly code: string }
  | { readonly term: string; readonly scopes: readonly string[] }
  | { readonly term: string; readonly sites: readonly Site[] }
  | {
      readonly term: string;
      readonly before: string;
      readonly time: string;
      readonly after: string;
    };

interface ConnectionDescription {
  /** Chooses shape and colour of the status; `status` says the same in words. */
  readonly tone: "good" | "warn" | "idle" | "none";
  readonly status: string;
  readonly explanation: string | null;
  readonly facts: readonly Fact[];
  readonly connect: {
    readonly href: string;
    readonly label: string;
    readonly primary: boolean;
  } | null;
  readonly disconnect: string | null;
  readonly manage: { readonly href: string; readonly label: string } | null;
}

const NOT_KNOWN_YET = "Not known yet. Latchkey asks again whenever you come back to this page.";

/** What a card shows about a connection. */
export function describeConnection(connection: Connection): ConnectionDescription {
  const { product, home } = PROVIDER_NAMES[connection.provider];
  const exists = "account" in connection;
  const canConnect = connection.status !== "not_configured";
  return {
    ...describeStatus(connection, product),
    facts: exists ? describeFacts(connection) : [],
    connect: canConnect
      ? {
          href: connection.connectUrl,
          label: `${exists ? "Reconnect" : "Connect"} ${product}`,
          primary: connection.status !== "connected",
        }
      : null,
    disconnect: exists ? `Disconnect ${product}` : null,
    manage: canConnect
      ? { href: connection.manageUrl, label: `See what you have allowed at ${home}` }
      : null,
  };
}

function describeStatus(
  connection: Connection,
  product: string,
): Pick<ConnectionDescription, "tone" | "status" | "explanation"> {
  switch (connection.status) {
    case "connected":
      return { tone: "good", status: "Connected", explanation: null };
    case "reconnect_required":
      return {
        tone: "warn",
        status: "Reconnect required",
        explanation:
          connection.reason === "grant_expired_or_revoked"
            ? `${product} no longer accepts this connection: the access you granted has expired or was withdrawn. Reconnect to go on using it.`
            : "What Latchkey keeps for this connection can no longer be used. Reconnect to go on using it.",
      };
    case "not_connected":
      return {
        tone: "idle",
        status: "Not connected",
        explanation: `No ${product} account is connected in this browser.`,
      };
    case "not_configured":
      return {
        tone: "none",
        status: "Not configured",
        explanation: `${product} is not set up here. Only the people who run this Latchkey can do that.`,
      };
  }
}

function describeFacts(connection: Extract<Connection, { account: unknown }>): readonly Fact[] {
  const { provider, account, scopes, sites, connectedAt } = connection;
  // A dead connection is not asked about anything any more: what is missing stays missing.
  const alive = connection.status === "connected";
  const facts: Fact[] = [];

  if (account !== null) facts.push({ term: "Account id", code: account.id });
  else if (alive) facts.push({ term: "Account id", text: NOT_KNOWN_YET });

  if (provider === "jira") {
    if (!sites) {
      if (alive) facts.push({ term: "Sites", text: NOT_KNOWN_YET });
    } else if (sites.length === 0) {
      facts.push({ term: "Sites", text: "None that this account lets Latchkey use." });
    } else {
      facts.push({ term: "Sites", sites });
    }
  }

  if (scopes.length > 0) facts.push({ term: "Scopes", scopes });
  facts.push({ term: "Connected on", before: "", time: connectedAt, after: "" });
  if (alive && connection.reconnectBy !== null) {
    facts.push({
      term: "Use it by",
      before: "If nothing uses this connection until ",
      time: connection.reconnectBy,
      after: ", it ends and you have to reconnect.",
    });
  }
  return facts;
}
