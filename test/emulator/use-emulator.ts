import { afterAll, beforeAll, beforeEach } from "vitest";
import { startEmulator } from "./start-emulator.ts";
import type { Emulator } from "./start-emulator.ts";

/** One emulator for a test file, fresh for every test. Read `emulator` inside tests only. */
export function useEmulator(): { readonly emulator: Emulator } {
  let emulator: Emulator | undefined;
  beforeAll(async () => {
    emulator = await startEmulator();
  });
  beforeEach(() => emulator?.control.reset());
  afterAll(() => emulator?.close());
  return {
    get emulator() {
      if (emulator === undefined) throw new Error("the emulator runs only inside tests");
      return emulator;
    },
  };
}
