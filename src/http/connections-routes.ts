import type { ProviderClient } from "../providers/provider-client.ts";
import type { ProviderId } from "../providers/provider.ts";
import { PROVIDER_IDS } from "../providers/provider.ts";
import { PROVIDERS } from "../providers/providers.ts";
import type { ConnectionSummaries } from "../tokens/list-connections.ts";
import type { Connection, Connections, Disconnected } from "./answer-schemas.ts";
import type { AppContext } from "./app-types.ts";
import { askForSession } from "./ask-for-session.ts";
import { connectionView } from "./connection-view.ts";
import { readSession } from "./session-cookie.ts";

/** `GET /connections`: always both providers, as the owner's object knows them. */
export async function listRoute(c: AppContext): Promise<Connections> {
  const summaries = await readSummaries(c);
  return { connections: PROVIDER_IDS.map((id) => viewOf(c, id, summaries)) };
}

/** `GET /connections/{provider}`: one of them. */
export async function showRoute(c: AppContext, client: ProviderClient): Promise<Connection> {
  return viewOf(c, client.provider.id, await readSummaries(c));
}

/** `DELETE /connections/{provider}`: forgets the tokens; nothing to forget is the same answer. */
export async function disconnectRoute(
  c: AppContext,
  client: ProviderClient,
): Promise<Disconnected> {
  const { id: provider, manageUrl } = client.provider;
  const session = await readSession(c);
  if (session) {
    await askForSession(c, session, (keeper) => keeper.disconnectProvider(provider, session.id));
  }
  return { provider, local: "deleted", remote: "not_supported", manage_url: manageUrl };
}

async function readSummaries(c: AppContext): Promise<ConnectionSummaries | null | undefined> {
  const session = await readSession(c);
  return session && askForSession(c, session, (keeper) => keeper.listConnections(session.id));
}

function viewOf(c: AppContext, id: ProviderId, summaries: ConnectionSummaries | null | undefined) {
  const { clients, publicOrigin } = c.get("config");
  const summary = summaries?.[id] ?? { status: "not_connected" as const };
  return connectionView(PROVIDERS[id], clients[id] !== undefined, publicOrigin, summary);
}
