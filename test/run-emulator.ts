import type { TestProject } from "vitest/node";
import { startEmulator } from "./emulator/start-emulator.ts";

/**
 * Builds the page's script, which the Worker imports, and runs the emulator in Node, beside the
 * tests that run inside workerd.
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  await import("../scripts/build-page.ts");
  const emulator = await startEmulator();
  project.provide("emulator", emulator.origin);
  return () => emulator.close();
}

declare module "vitest" {
  interface ProvidedContext {
    emulator: string;
  }
}
