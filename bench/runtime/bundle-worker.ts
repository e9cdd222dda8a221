import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import type { V4WorkerOptionsShape } from "miniflare";
import { gzippedBytes } from "../../scripts/bundle/gzipped-bytes.ts";
import type { BuiltWorker } from "../contenders/contender.ts";

/** The product's own date, so that all run on one runtime; the flag is what peers need of Node. */
const COMPATIBILITY = { compatibilityDate: "2026-10-15", compatibilityFlags: ["nodejs_compat"] };

/** Bundles `workers/{name}.ts` as wrangler does for a deployment, minified. */
export async function bundleContender(
  name: string,
  bindings: V4WorkerOptionsShape = {},
): Promise<BuiltWorker> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL(`../workers/${name}.ts`, import.meta.url))],
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2024",
    conditions: ["workerd", "worker", "browser"],
    external: ["cloudflare:*", "node:*"],
    write: false,
    logLevel: "warning",
  });
  const code = outputFiles[0]?.text ?? "";
  return {
    gzippedBytes: gzippedBytes(code),
    worker: {
      modules: [{ type: "ESModule", path: "index.js", contents: code }],
      ...COMPATIBILITY,
      ...bindings,
    },
  };
}
