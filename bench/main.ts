// `npm run bench`: Latchkey beside its peers and the floors, all in one run.
import { mkdir, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { Fault } from "../scripts/dev/fault.ts";
import { measureAll } from "./measure-all.ts";
import { type BenchOptions, readOptions, USAGE } from "./read-options.ts";
import { readResults } from "./read-results.ts";
import { checkBudgets } from "./report/budgets.ts";
import { publish } from "./report/publish.ts";
import { renderBudgets, renderTerminal } from "./report/render-terminal.ts";
import type { Results } from "./results.ts";

const RESULTS = "dist/bench/results.json";

try {
  const options = readOptions(process.argv.slice(2));
  if (options === "help") console.log(USAGE);
  else await bench(options);
} catch (error) {
  if (!(error instanceof Fault)) throw error;
  console.error(`bench: ${error.message}`);
  process.exitCode = 1;
}

async function bench(options: BenchOptions): Promise<void> {
  const results =
    options.from === undefined
      ? await measureAll(options, { tell: (line) => console.error(line), keep })
      : await readResults(options.from);
  console.log(renderTerminal(results));
  if (options.check) {
    const budgets = checkBudgets(results);
    console.log(`\n${renderBudgets(budgets)}`);
    if (!budgets.every(({ holds, isGoal }) => holds || isGoal)) process.exitCode = 1;
  }
  if (options.publish) await publish(results);
}

async function keep(results: Results): Promise<void> {
  await mkdir(dirname(RESULTS), { recursive: true });
  await writeFile(RESULTS, JSON.stringify(results));
}
