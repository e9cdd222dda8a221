import { Fault } from "../dev/fault.ts";
import { parseOptions } from "../dev/parse-options.ts";
import { readPort } from "../dev/read-port.ts";
import { EXAMPLE_PORT, LATCHKEY_ORIGIN } from "./example-defaults.ts";

export interface Options {
  readonly port: number;
  readonly latchkeyOrigin: string;
}

/** Reads `--port` and `--latchkey ORIGIN`. */
export function readOptions(args: readonly string[]): Options {
  const { port, latchkey = LATCHKEY_ORIGIN } = parseOptions(args, ["port", "latchkey"]);
  return { port: readPort("--port", port, EXAMPLE_PORT), latchkeyOrigin: readOrigin(latchkey) };
}

function readOrigin(text: string): string {
  const { protocol, origin, href } = URL.parse(text) ?? {};
  if (/^https?:$/.test(protocol ?? "") && origin !== undefined && href === `${origin}/`) {
    return origin;
  }
  throw new Fault(`--latchkey must be an origin such as ${LATCHKEY_ORIGIN}, not ${text}`);
}
