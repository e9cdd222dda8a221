import { inject } from "vitest";
import { type Latchkey, runLatchkey } from "./run-latchkey.ts";

/** A Latchkey for tests: all that its process prints is searched for secrets with their output. */
export function startLatchkey(vars: Readonly<Record<string, string>> = {}): Promise<Latchkey> {
  return runLatchkey({
    config: inject("builtWorker"),
    vars,
    onLine: (line) => console.log(`[wrangler] ${line}`),
  });
}
