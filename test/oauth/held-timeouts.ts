import { vi } from "vitest";

export interface HeldTimeouts {
  /** The seconds of every `AbortSignal.timeout`. */
  readonly asked: readonly number[];
  /** Lets the time of all of them be up. */
  strike(): void;
}

/**
 * Lets every `AbortSignal.timeout` strike when the test says so. Undo it with
 * `vi.restoreAllMocks()`.
 */
export function holdTimeouts(): HeldTimeouts {
  const asked: number[] = [];
  const time = new AbortController();
  vi.spyOn(AbortSignal, "timeout").mockImplementation((ms) => {
    asked.push(ms / 1_000);
    return time.signal;
  });
  return { asked, strike: () => time.abort(new DOMException("time is up", "TimeoutError")) };
}
