import { abortAllDurableObjects } from "cloudflare:test";
import { vi } from "vitest";
import type { Race } from "./open-race.ts";
import type { Hold } from "./race-holds.ts";

interface UnderWay {
  readonly holds: readonly Hold[];
  /** What was asked of the object. It must not throw: whoever asked is told, or asks again. */
  readonly lost: readonly Promise<unknown>[];
}

/** Stops the object in the middle of everything; what others were asked to do they still do. */
export async function restartRace(
  race: Race,
  { holds, lost }: UnderWay,
  stop: () => Promise<void> = abortAllDurableObjects,
): Promise<void> {
  await stop();
  vi.restoreAllMocks();
  race.restarts += 1;
  race.interruptions += 1;
  for (const hold of holds) {
    await hold.afterRestart();
  }
  await Promise.all(lost);
}
