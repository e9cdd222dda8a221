import type { TestProject } from "vitest/node";
import { buildWorker } from "../../scripts/bundle/build-worker.ts";

/** Builds once for all test files. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { config, remove } = await buildWorker();
  project.provide("builtWorker", config);
  return remove;
}

declare module "vitest" {
  interface ProvidedContext {
    /** The configuration file of the built Worker. */
    builtWorker: string;
  }
}
