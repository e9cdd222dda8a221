import { runDurableObjectAlarm } from "cloudflare:test";
import { advanceClock } from "../journeys/clock.ts";
import type { keeperOf } from "../journeys/kv-copy.ts";
import { alarmOf } from "./stored-in.ts";

type Keeper = ReturnType<typeof keeperOf>;

/** How long until the object's alarm rings, in seconds; `Infinity` when it has none. */
export async function secondsToAlarm(keeper: Keeper): Promise<number> {
  return Math.max(0, ((await alarmOf(keeper)) ?? Infinity) - Date.now()) / 1_000;
}

/**
 * Lets the time pass until the object's alarm, and the alarm ring, if it has one within so many
 * seconds. How long it took; `undefined` when there was none.
 */
export async function ringAlarm(
  keeper: Keeper,
  withinSeconds = Number.MAX_VALUE,
): Promise<number | undefined> {
  const seconds = await secondsToAlarm(keeper);
  if (seconds > withinSeconds) return undefined;
  await advanceClock(seconds);
  await runDurableObjectAlarm(keeper);
  return seconds;
}

/** Lets some time pass, with every alarm that the object sets ringing as it comes. */
export async function ringAlarms(keeper: Keeper, seconds: number): Promise<void> {
  let left = seconds;
  for (;;) {
    const waited = await ringAlarm(keeper, left);
    if (waited === undefined) return advanceClock(left);
    left -= waited;
  }
}
