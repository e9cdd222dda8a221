import { PROVIDER_IDS } from "../providers/provider.ts";
import type { KeeperContext } from "./keeper-context.ts";
import { dueAfterRestart } from "./kv-due.ts";
import { publishConnections } from "./publish-connection.ts";

/** Makes the KV writes that the last instance did not live to see done. For the start-up. */
export async function recoverPublications(ctx: KeeperContext): Promise<void> {
  for (const provider of PROVIDER_IDS) {
    const row = ctx.rows.connection(provider);
    if (row?.kvDue) ctx.rows.putConnection(provider, { ...row, kvDue: dueAfterRestart(row.kvDue) });
  }
  await publishConnections(ctx);
}
