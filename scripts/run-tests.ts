// Runs every test, and then searches all that the run printed for secrets: the logs of the Worker
// inside workerd and in the wrangler process are part of it.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { stripVTControlCharacters } from "node:util";
import { findSecrets } from "./find-secrets.ts";

const OUTPUT = "dist/test-output.txt";
const RESULTS = "dist/test-results.json";

const lines: string[] = [];
mkdirSync("dist", { recursive: true });
rmSync(RESULTS, { force: true });
const vitest = spawn(
  "vitest",
  ["run", "--reporter=default", "--reporter=json", `--outputFile.json=${RESULTS}`],
  { stdio: ["ignore", "pipe", "pipe"], env: colored(process.env) },
);
for (const stream of [vitest.stdout, vitest.stderr]) {
  let isHidden = false;
  createInterface({ input: stream }).on("line", (line) => {
    const text = stripVTControlCharacters(line);
    lines.push(text);
    // The blank lines around what is hidden go with it.
    isHidden = isWorkerLog(text) || (isHidden && text === "");
    if (!isHidden) console.log(line);
  });
}
const [exitCode] = (await once(vitest, "close")) as [number | null];
writeFileSync(OUTPUT, lines.join("\n"));

const problems = findSecrets(lines);
for (const problem of problems) console.error(problem);
if (problems.length === 0) console.log(`No secret in ${lines.length} lines of output.`);
const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(RESULTS, "utf8")) as {
  numPassedTests: number;
  numFailedTests: number;
};
console.log(`${numPassedTests} passed, ${numFailedTests + problems.length} failed`);
process.exitCode = exitCode === 0 && problems.length === 0 ? 0 : 1;

/** Kept off the screen, not out of the search. */
function isWorkerLog(line: string): boolean {
  return /\{"event":|^\[wrangler\] |^(stdout|stderr) \| /.test(line);
}

function colored(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return process.stdout.isTTY ? { ...env, FORCE_COLOR: "1" } : env;
}
