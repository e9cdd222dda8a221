import { SECOND_MS } from "../shared/time.ts";

/**
 * Runs work with a signal that aborts it when its time is up. The timer ends with the work: one
 * that is left running, as that of `AbortSignal.timeout` is, keeps an object in memory.
 */
export async function withinTime<Result>(
  seconds: number,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), seconds * SECOND_MS);
  try {
    return await work(controller.signal);
  } finally {
    clearTimeout(timer);
  }
}
