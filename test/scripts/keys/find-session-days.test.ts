import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { findSessionDays } from "../../../scripts/keys/find-session-days.ts";

async function configOf(text: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "latchkey-days-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, "wrangler.toml");
  await writeFile(file, text);
  return file;
}

test.for([
  ["not set", "", undefined, 30],
  ["empty", '[vars]\nSESSION_DAYS = ""', undefined, 30],
  ["a text", '[vars]\nSESSION_DAYS = "7"', undefined, 7],
  ["a number", "[vars]\nSESSION_DAYS = 400", undefined, 400],
  ["an environment's", "[vars]\nSESSION_DAYS = 7\n[env.a.vars]\nSESSION_DAYS = 9", "a", 9],
] as const)("SESSION_DAYS in the settings: %s", async ([, text, env, days]) => {
  expect(await findSessionDays({ config: await configOf(text), env })).toBe(days);
});

test.for(["0", "401", "a month"])("SESSION_DAYS can't be %s", async (days) => {
  const config = await configOf(`[vars]\nSESSION_DAYS = "${days}"`);
  await expect(findSessionDays({ config, env: undefined })).rejects.toThrow("SESSION_DAYS must be");
});
