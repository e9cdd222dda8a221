import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import type { V4WorkerOptionsShape } from "miniflare";
import { experimental_readRawConfig } from "wrangler";
import { gzippedBytes } from "../../scripts/bundle/gzipped-bytes.ts";
import type { BuiltWorker } from "../contender.ts";

/** As in `wrangler.toml`. */
const COMPATIBILITY_DATE = experimental_readRawConfig({ config: "wrangler.toml" }).rawConfig
  .compatibility_date;

/** Bundles `workers/{name}.ts` as wrangler does for a deployment, minified. */
export async function bundleContender(
  name: string,
  options: V4WorkerOptionsShape = {},
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
      compatibilityDate: COMPATIBILITY_DATE!,
      ...options,
    },
  };
}
