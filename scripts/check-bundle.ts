// Builds the Worker as it would be deployed, prints its hash, its gzipped size and that of the browser
// client, and fails above the budget.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { gzippedBytes } from "./bundle/gzipped-bytes.ts";
import { readBuiltWorker } from "./bundle/read-built-worker.ts";
import { CLIENT_BUDGET_KIB, WORKER_BUDGET_KIB } from "./bundle/size-budgets.ts";

const OUT = "dist/worker";

execFileSync("wrangler", ["deploy", "--dry-run", "--outdir", OUT], {
  stdio: ["ignore", "ignore", "inherit"],
});
const worker = readBuiltWorker(OUT);
console.log(`Bundle: SHA-256 ${worker.sha256}`);
checkSize("Bundle", worker.gzippedBytes, WORKER_BUDGET_KIB);
const client = readFileSync("dist/client/client.js");
checkSize("Browser client", gzippedBytes(client), CLIENT_BUDGET_KIB);

function checkSize(name: string, bytes: number, budgetKib: number): void {
  console.log(`${name}: ${(bytes / 1024).toFixed(1)} KiB gzipped, of at most ${budgetKib} KiB.`);
  if (bytes > budgetKib * 1024) process.exitCode = 1;
}
