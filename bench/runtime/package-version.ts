import { readFileSync } from "node:fs";

/** The version of a peer's package that is installed for the bench. */
export function packageVersion(name: string): string {
  const manifest = new URL(`../node_modules/${name}/package.json`, import.meta.url);
  return (JSON.parse(readFileSync(manifest, "utf8")) as { version: string }).version;
}
