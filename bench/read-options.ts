import { parseArgs } from "node:util";

const PARTS = ["reads", "callbacks", "cold", "proxies", "expiry", "operations", "scale"] as const;

/** What can be measured by itself. */
type Part = (typeof PARTS)[number];

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

/** Reads the command line; throws an `Error` that tells what can be said. */
export function readOptions(args: readonly string[]): BenchOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      only: { type: "string", multiple: true, default: [] },
      rounds: { type: "string", default: "5" },
      owners: { type: "string", default: "10000" },
      seed: { type: "string", default: String(1 + (Date.now() % 1_000_000)) },
      from: { type: "string" },
      check: { type: "boolean", default: false },
      publish: { type: "boolean", default: false },
    },
  });
  const unknown = values.only.find((part) => !isPart(part));
  if (unknown !== undefined) throw new Error(`--only ${unknown}: one of ${PARTS.join(", ")}`);
  if (values.publish && values.only.length > 0) {
    throw new Error("--publish: only what was measured altogether");
  }
  return {
    parts: new Set(values.only.length > 0 ? values.only.filter(isPart) : PARTS),
    rounds: readCount("rounds", values.rounds),
    owners: readCount("owners", values.owners),
    seed: readCount("seed", values.seed),
    from: values.from,
    check: values.check,
    publish: values.publish,
  };
}

function isPart(text: string): text is Part {
  return (PARTS as readonly string[]).includes(text);
}

function readCount(name: string, text: string): number {
  const count = Number(text);
  if (!Number.isSafeInteger(count) || count < 1)
    throw new Error(`--${name}: a whole number from 1`);
  return count;
}
