import type { ProviderId } from "../providers/provider.ts";
import type { KeeperContext } from "./keeper-context.ts";
import type { ConnectedRow } from "./stored-rows.ts";

/** A refresh whose outcome is unknown and that can't be taken up now: nobody needs to wake up for it. */
export function leaveToCallers(ctx: KeeperContext, provider: ProviderId, row: ConnectedRow): void {
  if (!row.intent || row.intent.recoverAt === null) return;
  ctx.rows.putConnection(provider, { ...row, intent: { ...row.intent, recoverAt: null } });
  ctx.planAlarm();
}
