import { logFailure } from "../shared/log-event.ts";
import { eraseKv } from "./erase-kv.ts";
import { eraseOwner } from "./erase-owner.ts";
import type { KeeperContext } from "./keeper-context.ts";
import { idleEnd, tombstoneEnd } from "./owner-ends.ts";
import { publishConnections } from "./publish-connection.ts";
import { recoverRefreshes } from "./recover-refreshes.ts";

/** Does everything that is due, each for itself. What fails stays due: the rows say so. */
export async function runAlarm(ctx: KeeperContext): Promise<void> {
  const owner = ctx.rows.owner();
  ctx.rows.forgetExpiredFlows(ctx.now());
  if (owner?.state === "live" && idleEnd(owner, ctx.sessionDays) <= ctx.now()) {
    await eraseOwner(ctx);
    return;
  }
  await Promise.all([
    logFailure(eraseKv(ctx)),
    logFailure(recoverRefreshes(ctx)),
    logFailure(publishConnections(ctx)),
  ]);
}

/** Whether nothing is left that anyone could still need. */
export function isSpent(ctx: KeeperContext): boolean {
  const { rows, sessionDays } = ctx;
  if (rows.consumedFlows().length > 0) return false;
  const owner = rows.owner();
  if (!owner) return true;
  return owner.state === "erased" && !owner.kvDue && tombstoneEnd(owner, sessionDays) <= ctx.now();
}
