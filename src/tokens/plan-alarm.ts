import { PROVIDER_IDS } from "../providers/provider.ts";
import { DAY_MS } from "../shared/time.ts";
import { tombstoneEnd } from "./erase-owner.ts";
import type { OwnerRow, StoredRows } from "./stored-rows.ts";

/** When the object has to act next without being asked; `undefined`: never. */
export function nextAlarm(rows: StoredRows, sessionDays: number): number | undefined {
  const owner = rows.owner();
  const instants = PROVIDER_IDS.flatMap((provider) => {
    const row = rows.connection(provider);
    const recoverAt = row?.status === "connected" ? row.intent?.recoverAt : undefined;
    return [row?.kvDue?.at, recoverAt];
  });
  if (owner?.state === "live") instants.push(idleEnd(owner, sessionDays));
  else instants.push(...rows.consumedFlows());
  if (owner?.state === "erased") {
    instants.push(owner.kvDue?.at, tombstoneEnd(owner.erasedAt, sessionDays));
  }
  const due = instants.filter((instant) => instant !== undefined);
  return due.length > 0 ? Math.min(...due) : undefined;
}

/** From when an owner counts as gone: not seen for SESSION_DAYS and a day more. */
export function idleEnd(owner: Extract<OwnerRow, { state: "live" }>, sessionDays: number): number {
  return (owner.seenDay + sessionDays + 2) * DAY_MS;
}
