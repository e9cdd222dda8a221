import { existsSync } from "node:fs";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";

const FOLDER = resolve("node_modules/.cache/chromium");
const COMPLETE = join(FOLDER, "complete");

/**
 * Unpacks the Chromium of the npm package, once, and returns how it is started. The package itself
 * would use the shared /tmp, and take what an interrupted run left there for complete.
 */
export async function unpackChromium() {
  if (!existsSync(COMPLETE)) await rm(FOLDER, { recursive: true, force: true });
  await mkdir(FOLDER, { recursive: true });
  const before = { ...process.env };
  // With this the package brings the libraries as well, and adds them to the environment of all.
  Object.assign(process.env, { AWS_LAMBDA_JS_RUNTIME: "nodejs22.x", TMPDIR: FOLDER });
  const { default: bundled } = await import("@sparticuz/chromium");
  const executablePath = await bundled.executablePath();
  const { LD_LIBRARY_PATH, FONTCONFIG_PATH } = process.env;
  for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
  Object.assign(process.env, before);

  if (!existsSync(COMPLETE)) {
    const fonts = join(FOLDER, "fonts", "fonts.conf");
    await writeFile(fonts, (await readFile(fonts, "utf8")).replaceAll("/tmp/", `${FOLDER}/`));
    await writeFile(COMPLETE, "");
  }
  return { executablePath, env: { ...before, LD_LIBRARY_PATH, FONTCONFIG_PATH } };
}
