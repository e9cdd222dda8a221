import { vi } from "vitest";

const SHORT_MS = 100;

/**
 * Lets every `AbortSignal.timeout` strike after a tenth of a second. Returns what was asked for,
 * in seconds. Undo it with `vi.restoreAllMocks()`.
 */
export function shortenTimeouts(): readonly number[] {
  const asked: number[] = [];
  const timeout = AbortSignal.timeout.bind(AbortSignal);
  vi.spyOn(AbortSignal, "timeout").mockImplementation((ms) => {
    asked.push(ms / 1_000);
    return timeout(SHORT_MS);
  });
  return asked;
}
