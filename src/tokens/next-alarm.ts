import { PROVIDER_IDS } from "../providers/provider.ts";
import { idleEnd, tombstoneEnd } from "./owner-ends.ts";
import type { StoredRows } from "./stored-rows.ts";

/** When the object has to act next without being asked; `undefined`: never. */
export function nextAlarm(rows: StoredRows, sessionDays: number): number | undefined {
  const owner = rows.owner();
  const instants = PROVIDER_IDS.flatMap((provider) => {
    const row = rows.connection(provider);
    const recoverAt = row?.status === "connected" ? row.intent?.recoverAt : undefined;
    return [row?.kvDue?.at, recoverAt ?? undefined];
  });
  if (owner?.state === "live") instants.push(idleEnd(owner, sessionDays));
  else instants.push(...rows.consumedFlows());
  if (owner?.state === "erased") {
    instants.push(owner.kvDue?.at, tombstoneEnd(owner, sessionDays));
  }
  const due = instants.filter((instant) => instant !== undefined);
  return due.length > 0 ? Math.min(...due) : undefined;
}
