import { vi } from "vitest";

interface HeldCall {
  /** Whether the call has come. Poll it: the call is made inside an object. */
  readonly isHeld: () => boolean;
  /** Lets the call be made as it would have been. */
  release(): void;
  /** What it was called with, if it has come. */
  args(): readonly unknown[] | undefined;
}

type Methods = Record<string, (...args: unknown[]) => Promise<unknown>>;

/** Holds the next call of a method that is meant, and no other. Undo it with `vi.restoreAllMocks()`. */
export function holdNextCall(
  target: object,
  method: string,
  isMeant: (...args: unknown[]) => boolean = () => true,
): HeldCall {
  const methods = target as Methods;
  const original = methods[method];
  let heldArgs: readonly unknown[] | undefined;
  let release: () => void = () => undefined;
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  vi.spyOn(methods, method).mockImplementation(async function held(this: unknown, ...args) {
    if (!heldArgs && isMeant(...args)) {
      heldArgs = args;
      await released;
    }
    return original?.apply(this, args);
  });
  return { isHeld: () => heldArgs !== undefined, release, args: () => heldArgs };
}
