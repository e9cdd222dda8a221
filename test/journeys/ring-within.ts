import { runDurableObjectAlarm } from "cloudflare:test";
import { advanceClock } from "./clock.ts";
import type { Race } from "./open-race.ts";
import { alarmOf } from "./stored-in.ts";

export const DAY_SECONDS = 86_400;

/** Lets the object's alarm ring as if it were time, if that is soon enough; whether it was. */
export async function ringWithin(race: Race, seconds: number): Promise<boolean> {
  const at = await alarmOf(race.keeper());
  if (at === null) return false;
  const wait = Math.max(0, Math.ceil((at - Date.now()) / 1_000));
  if (wait > seconds) return false;
  await advanceClock(wait);
  return runDurableObjectAlarm(race.keeper());
}
