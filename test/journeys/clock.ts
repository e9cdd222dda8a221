import { afterEach, vi } from "vitest";
import { emulator } from "./journey-emulator.ts";

export const MINUTE_SECONDS = 60;
export const HOUR_SECONDS = 3_600;
export const DAY_SECONDS = 86_400;

/** Call it at the top of a file whose tests move the clock. */
export function useMovableClock(): void {
  afterEach(() => void vi.useRealTimers());
}

/** Moves the Worker's clock, which stands still from then on, and the emulator's. Timers stay real. */
export async function advanceClock(seconds: number): Promise<void> {
  const now = Date.now() + seconds * 1_000;
  vi.useFakeTimers({ toFake: ["Date"] });
  vi.setSystemTime(now);
  await emulator.advanceClock(seconds);
}
