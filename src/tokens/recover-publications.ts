import { PROVIDER_IDS, type ProviderId } from "../providers/provider.ts";
import type { KeeperContext } from "./keeper-context.ts";
import { publishConnection } from "./publish-connection.ts";

/** Makes the KV writes that the last instance did not live to see done, at start-up. */
export async function recoverPublications(ctx: KeeperContext): Promise<void> {
  await Promise.all(PROVIDER_IDS.map((provider) => recoverPublication(ctx, provider)));
}

/** What had failed already waits for the alarm, as it would have without the restart. */
async function recoverPublication(ctx: KeeperContext, provider: ProviderId): Promise<void> {
  const row = ctx.rows.connection(provider);
  if (!row?.kvDue || row.kvDue.isRepeat || row.kvDue.failures > 0) return;
  // What the last instance had sent may still land.
  ctx.rows.putConnection(provider, { ...row, kvDue: { ...row.kvDue, mayLandLate: true } });
  await publishConnection(ctx, provider);
}
