import { parseArgs } from "node:util";
import { Fault } from "../dev/fault.ts";
import { readPort } from "../dev/read-port.ts";
import { EXAMPLE_PORT } from "./example-port.ts";
import { LATCHKEY_ORIGIN } from "./serve-example.ts";

export interface Options {
  readonly port: number;
  readonly latchkeyOrigin: string;
}

/** Reads `--port` and `--latchkey ORIGIN`. */
export function readOptions(args: readonly string[]): Options {
  const { port, latchkey = LATCHKEY_ORIGIN } = parse([...args]);
  return { port: readPort("--port", port, EXAMPLE_PORT), latchkeyOrigin: readOrigin(latchkey) };
}

function parse(args: string[]) {
  const type = "string" as const;
  try {
    return parseArgs({ args, options: { port: { type }, latchkey: { type } } }).values;
  } catch (error) {
    throw new Fault(error instanceof Error ? error.message : String(error));
  }
}

function readOrigin(text: string): string {
  const { protocol, origin, href } = URL.parse(text) ?? {};
  if (/^https?:$/.test(protocol ?? "") && origin !== undefined && href === `${origin}/`) {
    return origin;
  }
  throw new Fault(`--latchkey must be an origin such as ${LATCHKEY_ORIGIN}, not ${text}`);
}
