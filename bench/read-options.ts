import { parseArgs } from "node:util";
import { Fault } from "../scripts/dev/fault.ts";
import { OWNERS_AT_LEAST, ROUNDS_AT_LEAST } from "./report/whole-run.ts";

const PARTS = ["reads", "callbacks", "cold", "proxies", "expiry", "operations", "scale"] as const;

/** What can be measured by itself. */
export type Part = (typeof PARTS)[number];

export interface BenchOptions {
  readonly parts: ReadonlySet<Part>;
  readonly rounds: number;
  readonly owners: number;
  readonly seed: number;
  /** A results file to tell of instead of measuring. */
  readonly from: string | undefined;
  readonly check: boolean;
  readonly publish: boolean;
}

/** What `--help` prints. */
export const USAGE = `npm run bench -- [options]

  --only PART      measure this alone; may be repeated: ${PARTS.join(", ")}
  --rounds COUNT   of what is timed; default: 5
  --owners COUNT   of the part "scale"; default: 10000
  --seed NUMBER    of what is random there; default: from the clock
  --check          print the budgets, and fail when one is missed or was not measured
  --publish        write the results, charts and tables to docs/; takes a whole run
  --from FILE      tell of these results instead of measuring
  --help           print this`;

/** Reads the command line; throws a `Fault` that tells what can be said. */
export function readOptions(args: readonly string[]): BenchOptions | "help" {
  const values = parse(args);
  if (values.help) return "help";
  const unknown = values.only.find((part) => !isPart(part));
  if (unknown !== undefined) throw new Fault(`--only ${unknown}: one of ${PARTS.join(", ")}`);
  if (values.publish && values.only.length > 0) {
    throw new Fault("--publish: only what was measured altogether");
  }
  const rounds = readCount("rounds", values.rounds);
  const owners = readCount("owners", values.owners);
  if (values.publish && (rounds < ROUNDS_AT_LEAST || owners < OWNERS_AT_LEAST)) {
    throw new Fault(
      `--publish: of ${ROUNDS_AT_LEAST} rounds and ${OWNERS_AT_LEAST} owners at least`,
    );
  }
  return {
    parts: new Set(values.only.length > 0 ? values.only.filter(isPart) : PARTS),
    rounds,
    owners,
    seed: readCount("seed", values.seed),
    from: values.from,
    check: values.check,
    publish: values.publish,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        only: { type: "string", multiple: true, default: [] },
        rounds: { type: "string", default: "5" },
        owners: { type: "string", default: "10000" },
        seed: { type: "string", default: String(1 + (Date.now() % 1_000_000)) },
        from: { type: "string" },
        check: { type: "boolean", default: false },
        publish: { type: "boolean", default: false },
        help: { type: "boolean", default: false },
      },
    }).values;
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    throw new Fault(`${problem}; --help tells what there is`);
  }
}

function isPart(text: string): text is Part {
  return (PARTS as readonly string[]).includes(text);
}

function readCount(name: string, text: string): number {
  const count = Number(text);
  if (!Number.isSafeInteger(count) || count < 1)
    throw new Fault(`--${name}: a whole number from 1`);
  return count;
}
