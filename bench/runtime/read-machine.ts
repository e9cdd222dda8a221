import { cpus, release, type } from "node:os";
import { createRequire } from "node:module";
import type { Machine } from "../results.ts";

/** What a reader has to know of this machine; nothing that names it. */
export function readMachine(storage: string): Machine {
  const { version } = createRequire(import.meta.url)("workerd/package.json") as { version: string };
  return {
    cpu: cpus()[0]?.model ?? "",
    cores: cpus().length,
    system: `${type()} ${release()}`,
    node: process.versions.node,
    workerd: version,
    storage,
  };
}
