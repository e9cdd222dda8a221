import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzippedBytes } from "./gzipped-bytes.ts";

interface BuiltWorker {
  readonly code: string;
  /** The text modules that the code imports: pages, style and scripts. */
  readonly texts: readonly { readonly path: string; readonly contents: Buffer }[];
  /** Of the code, which names the text modules by their hashes; in hex. */
  readonly sha256: string;
  /** Of all of it. */
  readonly gzippedBytes: number;
}

/** What `wrangler deploy --dry-run` left in a folder. */
export function readBuiltWorker(folder: string): BuiltWorker {
  const code = readFileSync(join(folder, "index.js"), "utf8");
  const texts = [...code.matchAll(/from\s*"\.\/([^"]+)"/g)].map(([, path = ""]) => ({
    path,
    contents: readFileSync(join(folder, path)),
  }));
  return {
    code,
    texts,
    sha256: createHash("sha256").update(code).digest("hex"),
    gzippedBytes: gzippedBytes(code, ...texts.map((text) => text.contents)),
  };
}
