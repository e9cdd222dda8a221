import { PROVIDER_IDS } from "../providers/provider.ts";
import type { KeeperContext } from "./keeper-context.ts";
import { publishConnections } from "./publish-connection.ts";

/**
 * Makes the KV writes that the last instance did not live to see done, at start-up. What it had
 * sent may still land, so that each counts as failed before. Those that had failed already wait
 * for the alarm, as they would have.
 */
export async function recoverPublications(ctx: KeeperContext): Promise<void> {
  let isInterrupted = false;
  for (const provider of PROVIDER_IDS) {
    const row = ctx.rows.connection(provider);
    if (!row?.kvDue || row.kvDue.isRepeat || row.kvDue.failures > 0) continue;
    ctx.rows.putConnection(provider, { ...row, kvDue: { ...row.kvDue, failures: 1 } });
    isInterrupted = true;
  }
  if (isInterrupted) await publishConnections(ctx);
}
