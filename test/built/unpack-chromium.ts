import { existsSync } from "node:fs";
import { mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";

/** Goes with the package when that is replaced. */
const FOLDER = resolve("node_modules/@sparticuz/chromium/unpacked");

/**
 * How the Chromium of the npm package is started; unpacks it when that was not done before. The
 * package itself uses the shared /tmp, and takes what an interrupted run left there for complete.
 */
export async function unpackChromium() {
  if (!existsSync(FOLDER)) await unpack();
  return {
    executablePath: join(FOLDER, "chromium"),
    env: {
      ...process.env,
      LD_LIBRARY_PATH: join(FOLDER, "al2023", "lib"),
      FONTCONFIG_PATH: join(FOLDER, "fonts"),
    },
  };
}

async function unpack(): Promise<void> {
  const temporary = await mkdtemp(`${FOLDER}-`);
  const before = { ...process.env };
  // The runtime's name makes it bring the libraries too. It adds them to the environment of all.
  Object.assign(process.env, { AWS_LAMBDA_JS_RUNTIME: "nodejs22.x", TMPDIR: temporary });
  const { default: bundled } = await import("@sparticuz/chromium");
  await bundled.executablePath();
  for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
  Object.assign(process.env, before);

  const fonts = join(temporary, "fonts", "fonts.conf");
  await writeFile(fonts, (await readFile(fonts, "utf8")).replaceAll("/tmp/", `${FOLDER}/`));
  await rename(temporary, FOLDER).catch(async (error: unknown) => {
    await rm(temporary, { recursive: true });
    // Another run was quicker.
    if (!existsSync(FOLDER)) throw error;
  });
}
