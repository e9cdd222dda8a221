import { resolve } from "node:path";
import { parseOptions } from "./parse-options.ts";
import { readPort } from "./read-port.ts";

const NAMES = ["port", "emulator-port", "vars", "state"] as const;
const DEFAULT_PORT = 8787;
const DEFAULT_EMULATOR_PORT = 8788;
const DEFAULT_VARS_FILE = ".dev.vars";

export interface Options {
  readonly port: number;
  readonly emulatorPort: number;
  /** Secrets, and any other variable of the Worker. */
  readonly varsFile: string;
  /** Wrangler's own arguments for the two that are not where it would look. */
  readonly wranglerArgs: readonly string[];
}

/** Reads `--port`, `--emulator-port`, `--vars FILE` and `--state FOLDER`. */
export function readOptions(args: readonly string[]): Options {
  const { port, "emulator-port": emulatorPort, vars, state } = parseOptions(args, NAMES);
  return {
    port: readPort("--port", port, DEFAULT_PORT),
    emulatorPort: readPort("--emulator-port", emulatorPort, DEFAULT_EMULATOR_PORT),
    varsFile: vars ?? DEFAULT_VARS_FILE,
    wranglerArgs: [
      ...(vars === undefined ? [] : ["--env-file", resolve(vars)]),
      ...(state === undefined ? [] : ["--persist-to", resolve(state)]),
    ],
  };
}
