import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import type { V4WorkerOptions } from "miniflare";

const ENTRY = fileURLToPath(new URL("../workers/count-operations.ts", import.meta.url));

/** A built Worker, as it is, with the module in front that counts its operations. */
export async function countedWorker(worker: V4WorkerOptions): Promise<V4WorkerOptions> {
  if (!("modules" in worker) || !Array.isArray(worker.modules)) {
    throw new Error("only a Worker of modules can be counted");
  }
  const { outputFiles } = await build({
    entryPoints: [ENTRY],
    format: "esm",
    write: false,
    logLevel: "warning",
  });
  const contents = outputFiles[0]?.text ?? "";
  return {
    ...worker,
    modules: [{ type: "ESModule", path: "count-operations.js", contents }, ...worker.modules],
  };
}
