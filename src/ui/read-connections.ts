export type Provider = "bitbucket" | "jira";

type ConnectionStatus = "connected" | "reconnect_required" | "not_connected" | "not_configured";

export interface JiraSite {
  readonly name: string;
  readonly url: string | null;
}

/** What `GET /connections` says about one provider, as far as the page shows it. */
export interface Connection {
  readonly provider: Provider;
  readonly status: ConnectionStatus;
  readonly reason: string | null;
  readonly accountId: string | null;
  readonly scopes: readonly string[];
  readonly sites: readonly JiraSite[] | null;
  readonly connectedAt: string | null;
  readonly reconnectBy: string | null;
  readonly connectUrl: string | null;
  readonly manageUrl: string | null;
}

const PROVIDERS: readonly Provider[] = ["bitbucket", "jira"];
const STATUSES: readonly ConnectionStatus[] = [
  "connected",
  "reconnect_required",
  "not_connected",
  "not_configured",
];

/**
 * Reads the body of `GET /connections`: always both providers, Bitbucket first.
 * `null` when it is not such a body; an odd field of a connection only leaves that field out.
 */
export function readConnections(body: unknown): readonly Connection[] | null {
  const listed = field(body, "connections");
  if (!Array.isArray(listed)) return null;
  const connections: Connection[] = [];
  for (const provider of PROVIDERS) {
    const entry: unknown = listed.find((item) => field(item, "provider") === provider);
    const status = STATUSES.find((known) => known === field(entry, "status"));
    if (status === undefined) return null;
    connections.push({
      provider,
      status,
      reason: text(field(entry, "reason")),
      accountId: text(field(field(entry, "account"), "id")),
      scopes: list(field(entry, "scopes"))?.filter((scope) => typeof scope === "string") ?? [],
      sites: list(field(entry, "sites"))?.flatMap(readSite) ?? null,
      connectedAt: date(field(entry, "connected_at")),
      reconnectBy: date(field(entry, "reconnect_by")),
      connectUrl: webUrl(field(entry, "connect_url")),
      manageUrl: webUrl(field(entry, "manage_url")),
    });
  }
  return connections;
}

function readSite(site: unknown): JiraSite[] {
  const url = webUrl(field(site, "url"));
  const name = text(field(site, "name")) ?? url ?? text(field(site, "id"));
  return name === null ? [] : [{ name, url }];
}

function field(value: unknown, name: string): unknown {
  if (typeof value !== "object" || value === null) return undefined;
  return (value as Record<string, unknown>)[name];
}

function list(value: unknown): readonly unknown[] | null {
  return Array.isArray(value) ? value : null;
}

function text(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}

function date(value: unknown): string | null {
  return typeof value === "string" && !Number.isNaN(Date.parse(value)) ? value : null;
}

/** Site addresses come from the provider: a `javascript:` one must not become a link. */
function webUrl(value: unknown): string | null {
  return typeof value === "string" && /^https?:\/\//i.test(value) ? value : null;
}
