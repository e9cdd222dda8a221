import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { unpackChromium } from "./unpack-chromium.ts";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const MAC_APP = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome";

interface Chromium {
  readonly executablePath: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** `CHROMIUM_PATH`, else one of the system, else the one that comes as an npm package. */
export async function findChromium(): Promise<Chromium> {
  const { env } = process;
  const { CHROMIUM_PATH, PATH = "" } = env;
  if (CHROMIUM_PATH) {
    if (isExecutable(CHROMIUM_PATH)) return { executablePath: CHROMIUM_PATH, env };
    throw new Error(`CHROMIUM_PATH is not an executable file: ${CHROMIUM_PATH}`);
  }
  const installed = PATH.split(delimiter)
    .filter(Boolean)
    .flatMap((folder) => NAMES.map((name) => join(folder, name)));
  const executablePath = [...installed, MAC_APP].find(isExecutable);
  if (executablePath !== undefined) return { executablePath, env };
  if (process.platform === "linux" && process.arch === "x64") return unpackChromium();
  throw new Error(
    `These tests need a Chromium. The bundled one runs on Linux x64 only; install ${NAMES[0]} or Google Chrome, or set CHROMIUM_PATH.`,
  );
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
