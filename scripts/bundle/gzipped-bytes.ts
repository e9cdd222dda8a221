import { gzipSync } from "node:zlib";

/** How long all of it is, gzipped together. */
export function gzippedBytes(...contents: readonly (Buffer | string)[]): number {
  return gzipSync(Buffer.concat(contents.map((content) => Buffer.from(content))), { level: 9 })
    .length;
}
