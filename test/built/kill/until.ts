import { setTimeout as delay } from "node:timers/promises";

const INTERVAL_MS = 50;

/** Resolves with the first result that is not `undefined`; rejects, saying what was missed, after `timeoutMs`. */
export async function until<T>(
  what: string,
  timeoutMs: number,
  look: () => T | undefined | Promise<T | undefined>,
): Promise<T> {
  const end = performance.now() + timeoutMs;
  for (;;) {
    // One look after the other.
    const found = await look();
    if (found !== undefined) return found;
    if (performance.now() > end) throw new Error(`not within ${timeoutMs / 1_000} s: ${what}`);
    await delay(INTERVAL_MS);
  }
}
