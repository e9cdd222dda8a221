import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { experimental_readRawConfig } from "wrangler";
import { WRANGLER_COMMAND } from "../dev/wrangler-command.ts";

interface BuiltFolder {
  /** The configuration file. */
  readonly config: string;
  readonly remove: () => Promise<void>;
}

/** Builds what would be deployed, and beside it a configuration that runs it as it is. */
export async function buildWorker(): Promise<BuiltFolder> {
  const folder = await mkdtemp(join(tmpdir(), "latchkey-built-"));
  const { script, env } = WRANGLER_COMMAND;
  const build = [script, "deploy", "--dry-run", "--outdir", folder];
  await promisify(execFile)(process.execPath, build, { env });

  const { rawConfig } = experimental_readRawConfig({ config: "wrangler.toml" });
  const { build: _alreadyDone, ...rest } = rawConfig;
  const config = join(folder, "wrangler.json");
  await writeFile(config, JSON.stringify({ ...rest, main: "index.js", no_bundle: true }));
  return { config, remove: () => rm(folder, { recursive: true }) };
}
