/**
 * Runs work with a signal that aborts it when its time is up. The timer ends with the work: one
 * that is left running, as that of `AbortSignal.timeout` is, keeps an object in memory.
 */
export async function abortAfter<Result>(
  timeoutMs: number,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), timeoutMs);
  try {
    return await work(controller.signal);
  } finally {
    clearTimeout(timer);
  }
}
