import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { TestProject } from "vitest/node";
import { experimental_readRawConfig } from "wrangler";

/** Builds what `npm run deploy` would upload, once, with a configuration that runs it as it is. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), "latchkey-built-"));
  await promisify(execFile)(process.execPath, [
    "node_modules/wrangler/bin/wrangler.js",
    ...["deploy", "--dry-run", "--outdir", folder],
  ]);
  const { rawConfig } = experimental_readRawConfig({ config: "wrangler.toml" });
  const { build: _, ...rest } = rawConfig;
  const config = { ...rest, main: "index.js", no_bundle: true };
  await writeFile(join(folder, "wrangler.json"), JSON.stringify(config));
  project.provide("worker", join(folder, "wrangler.json"));
  return () => rm(folder, { recursive: true });
}

declare module "vitest" {
  interface ProvidedContext {
    /** The configuration of the built Worker. */
    worker: string;
  }
}
