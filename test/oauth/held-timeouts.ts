import { vi } from "vitest";

export interface HeldTimeouts {
  /** The seconds of every timer. */
  readonly asked: readonly number[];
  /** Lets the time of all of them be up. */
  strike(): void;
}

/** Lets every timer strike when the test says so. Undo it with `vi.restoreAllMocks()`. */
export function holdTimeouts(): HeldTimeouts {
  const asked: number[] = [];
  const time = new EventTarget();
  const { setTimeout } = globalThis;
  vi.spyOn(globalThis, "setTimeout").mockImplementation((work, ms = 0) => {
    asked.push(ms / 1_000);
    time.addEventListener("up", () => work(), { once: true });
    return setTimeout(() => undefined, 0);
  });
  return { asked, strike: () => time.dispatchEvent(new Event("up")) };
}
