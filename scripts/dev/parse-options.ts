import { parseArgs } from "node:util";
import { Fault } from "./fault.ts";

/** The values of these options, each of which takes one. An unknown option is a fault. */
export function parseOptions<Name extends string>(
  args: readonly string[],
  names: readonly Name[],
): Readonly<Partial<Record<Name, string>>> {
  const options = Object.fromEntries(names.map((name) => [name, { type: "string" as const }]));
  try {
    return parseArgs({ args: [...args], options }).values as Partial<Record<Name, string>>;
  } catch (error) {
    throw new Fault(error instanceof Error ? error.message : String(error));
  }
}
