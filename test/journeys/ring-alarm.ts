import { runDurableObjectAlarm } from "cloudflare:test";
import { advanceClock } from "./clock.ts";
import { keeperOf } from "./kv-copy.ts";
import { alarmOf } from "./stored-in.ts";

/** How long until the alarm of a KV key's object rings, in seconds. */
export async function secondsToAlarm(key: string): Promise<number> {
  return (((await alarmOf(keeperOf(key))) ?? Infinity) - Date.now()) / 1_000;
}

/** Lets the time pass until that alarm, and the alarm ring. How long it took, in seconds. */
export async function ringAlarm(key: string): Promise<number> {
  const seconds = await secondsToAlarm(key);
  await advanceClock(seconds);
  await runDurableObjectAlarm(keeperOf(key));
  return seconds;
}
