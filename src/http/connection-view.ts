import type { Provider } from "../providers/provider.ts";
import { toTimestamp } from "../shared/time.ts";
import type { ConnectionSummary } from "../tokens/list-connections.ts";
import type { Connection } from "./answer-schemas.ts";

/** Where a browser goes to connect a provider. */
export function connectUrl(publicOrigin: string, provider: Provider["id"]): string {
  return `${publicOrigin}/auth/${provider}`;
}

/** A connection as the API writes it. */
export function connectionView(
  provider: Provider,
  isConfigured: boolean,
  publicOrigin: string,
  summary: ConnectionSummary,
): Connection {
  const base = { provider: provider.id, manage_url: provider.manageUrl };
  if (!isConfigured) return { ...base, status: "not_configured" };
  const connectable = { ...base, connect_url: connectUrl(publicOrigin, provider.id) };
  if (summary.status === "not_connected") return { ...connectable, status: summary.status };
  const account = {
    account: summary.accountId === null ? null : { id: summary.accountId },
    scopes: summary.scopes,
    ...(provider.sitesPath === undefined ? {} : { sites: summary.sites }),
    connected_at: toTimestamp(summary.connectedAt),
  };
  if (summary.status === "reconnect_required") {
    return { ...connectable, status: summary.status, reason: summary.reason, ...account };
  }
  return {
    ...connectable,
    status: summary.status,
    ...account,
    expires_at: toTimestamp(summary.expiresAt),
    reconnect_by: summary.reconnectBy === null ? null : toTimestamp(summary.reconnectBy),
  };
}
