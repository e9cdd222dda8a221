import { PROVIDER_IDS } from "../providers/provider.ts";
import { eraseKv, eraseOwner, tombstoneEnd } from "./erase-owner.ts";
import type { KeeperContext } from "./keeper-context.ts";
import { idleEnd } from "./plan-alarm.ts";
import { publishConnections } from "./publish-connection.ts";
import { refreshConnection } from "./refresh-connection.ts";

/** Does everything that is due. What fails stays due: the rows say so, and the alarm is set anew. */
export async function runAlarm(ctx: KeeperContext): Promise<void> {
  const owner = ctx.rows.owner();
  if (owner?.state === "live" && idleEnd(owner, ctx.sessionDays) <= ctx.now()) {
    await eraseOwner(ctx);
  }
  ctx.rows.forgetExpiredFlows(ctx.now());
  await Promise.all([eraseKv(ctx), recoverRefreshes(ctx)]);
  await publishConnections(ctx);
}

/** Takes up the refreshes whose outcome is unknown: at start-up and by the alarm. */
export async function recoverRefreshes(ctx: KeeperContext): Promise<void> {
  const interrupted = PROVIDER_IDS.filter((provider) => {
    const row = ctx.rows.connection(provider);
    return row?.status === "connected" && row.intent !== null;
  });
  await Promise.all(interrupted.map((provider) => refreshConnection(ctx, provider)));
}

/** Whether nothing is left that anyone could still need. */
export function isSpent({ rows, sessionDays }: KeeperContext, nowMs: number): boolean {
  if (rows.consumedFlows().length > 0) return false;
  const owner = rows.owner();
  if (!owner) return true;
  return (
    owner.state === "erased" && !owner.kvDue && tombstoneEnd(owner.erasedAt, sessionDays) <= nowMs
  );
}
