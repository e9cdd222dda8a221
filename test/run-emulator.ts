import type { TestProject } from "vitest/node";
import { startEmulator } from "./emulator/start-emulator.ts";

/** Runs the emulator in Node, beside the tests that run inside workerd. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const emulator = await startEmulator();
  project.provide("emulator", emulator.origin);
  return () => emulator.close();
}

declare module "vitest" {
  interface ProvidedContext {
    emulator: string;
  }
}
