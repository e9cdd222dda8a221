import { vi } from "vitest";

const TIMES_SHORTER = 100;

/**
 * Makes every deadline strike a hundred times sooner, for what never answers anyway. Returns the
 * seconds of those that are set from now on. Undo it with `vi.restoreAllMocks()`.
 */
export function shortenDeadlines(): readonly number[] {
  const asked: number[] = [];
  const { setTimeout } = globalThis;
  vi.spyOn(globalThis, "setTimeout").mockImplementation((work, ms = 0) => {
    asked.push(ms / 1_000);
    return setTimeout(work, ms / TIMES_SHORTER);
  });
  return asked;
}
