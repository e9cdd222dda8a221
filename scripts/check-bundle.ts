// Builds the Worker as it would be deployed, prints its gzipped size and that of the browser client,
// and fails above the budget.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const OUT = "dist/worker";

execFileSync("wrangler", ["deploy", "--dry-run", "--outdir", OUT], {
  stdio: ["ignore", "ignore", "inherit"],
});
checkSize(
  "Bundle",
  ["index.js", ...textModules()].map((file) => `${OUT}/${file}`),
  40,
);
checkSize("Browser client", ["dist/client/client.js"], 4);

function checkSize(name: string, files: readonly string[], budgetKib: number): void {
  const content = Buffer.concat(files.map((file) => readFileSync(file)));
  const bytes = gzipSync(content, { level: 9 }).length;
  console.log(`${name}: ${(bytes / 1024).toFixed(1)} KiB gzipped, of at most ${budgetKib} KiB.`);
  if (bytes > budgetKib * 1024) process.exitCode = 1;
}

/** The text modules that the bundle imports: pages, style and scripts. */
function textModules(): string[] {
  const code = readFileSync(`${OUT}/index.js`, "utf8");
  return [...code.matchAll(/from\s*"\.\/([^"]+)"/g)].map(([, name = ""]) => name);
}
