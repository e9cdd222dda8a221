// Builds the Worker as it would be deployed, prints its gzipped size, and fails above the budget.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const BUDGET_KIB = 40;
const OUT = "dist/worker";

execFileSync("wrangler", ["deploy", "--dry-run", "--outdir", OUT], {
  stdio: ["ignore", "ignore", "inherit"],
});
const files = ["index.js", ...textModules()];
const bytes = gzipSync(Buffer.concat(files.map((file) => readFileSync(`${OUT}/${file}`))), {
  level: 9,
}).length;
const kib = (bytes / 1024).toFixed(1);
console.log(`Bundle: ${kib} KiB gzipped, of at most ${BUDGET_KIB} KiB.`);
if (bytes > BUDGET_KIB * 1024) process.exit(1);

/** The text modules that the bundle imports: pages, style and script. */
function textModules(): string[] {
  const code = readFileSync(`${OUT}/index.js`, "utf8");
  return [...code.matchAll(/from\s*"\.\/([^"]+)"/g)].map(([, name = ""]) => name);
}
