import { runDurableObjectAlarm } from "cloudflare:test";
import { advanceClock } from "./clock.ts";
import type { keeperOf } from "./kv-copy.ts";
import { alarmOf } from "./stored-in.ts";

/**
 * Lets the clock go on for some time, with every alarm that the object sets ringing as it comes.
 * Returns how many did.
 */
export async function ringAlarms(
  keeper: ReturnType<typeof keeperOf>,
  seconds: number,
): Promise<number> {
  const end = Date.now() + seconds * 1_000;
  for (let rung = 0; ; rung += 1) {
    // oxlint-disable no-await-in-loop -- one after the other, as time goes by
    const at = await alarmOf(keeper);
    const next = at === null ? end : Math.min(at, end);
    await advanceClock(Math.max(0, next - Date.now()) / 1_000);
    if (at === null || at > end) return rung;
    await runDurableObjectAlarm(keeper);
    // oxlint-enable no-await-in-loop
  }
}
