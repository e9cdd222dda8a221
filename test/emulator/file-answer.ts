import { createHash } from "node:crypto";
import { textAnswer } from "./answer.ts";
import type { Answer } from "./answer.ts";
import type { LoggedRequest } from "./emulator-protocol.ts";

/** A file with validators and byte ranges (one range of ASCII text is enough here). */
export function fileAnswer({ headers }: LoggedRequest, text: string, type: string): Answer {
  const etag = `"${createHash("sha256").update(text).digest("hex").slice(0, 16)}"`;
  const common = {
    "content-type": type,
    "accept-ranges": "bytes",
    "last-modified": "Sat, 21 Nov 2026 19:00:00 GMT",
    "content-disposition": 'attachment; filename="emulated"',
    etag,
  };
  if (headers["if-none-match"] === etag) return textAnswer(304, "", common);
  const range = /^bytes=(\d+)-(\d*)$/.exec(headers["range"] ?? "");
  if (range === null) return textAnswer(200, text, common);
  const [first, last] = [
    Number(range[1]),
    Math.min(Number(range[2] || text.length), text.length - 1),
  ];
  if (first > last) {
    return textAnswer(416, "", { ...common, "content-range": `bytes */${text.length}` });
  }
  const contentRange = { "content-range": `bytes ${first}-${last}/${text.length}` };
  return textAnswer(206, text.slice(first, last + 1), { ...common, ...contentRange });
}
