import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { TestProject } from "vitest/node";
import { experimental_readRawConfig } from "wrangler";
import { WRANGLER_COMMAND } from "../../scripts/dev/wrangler-command.ts";

/** Builds once what would be deployed, and beside it a configuration that runs it as it is. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), "latchkey-built-"));
  const { script, env } = WRANGLER_COMMAND;
  const build = [script, "deploy", "--dry-run", "--outdir", folder];
  await promisify(execFile)(process.execPath, build, { env });

  const { rawConfig } = experimental_readRawConfig({ config: "wrangler.toml" });
  const { build: _alreadyDone, ...rest } = rawConfig;
  const config = { ...rest, main: "index.js", no_bundle: true };
  const configFile = join(folder, "wrangler.json");
  await writeFile(configFile, JSON.stringify(config));
  project.provide("builtWorker", configFile);
  return () => rm(folder, { recursive: true });
}

declare module "vitest" {
  interface ProvidedContext {
    /** The configuration file of the built Worker. */
    builtWorker: string;
  }
}
