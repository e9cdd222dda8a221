import { jsonAnswer } from "./answer.ts";
import type { Answer } from "./answer.ts";
import type { LoggedRequest } from "./emulator-protocol.ts";
import type { EmulatorState } from "./emulator-state.ts";
import { emulatorUrls } from "./emulator-urls.ts";

/** One page of Bitbucket's: `next` is an absolute URL at its own API. */
export function pagedAnswer(
  { path, query }: LoggedRequest,
  { origin }: EmulatorState,
  all: readonly unknown[],
  mostPerPage = 100,
): Answer {
  const page = Number(query["page"] ?? "1");
  const pagelen = Math.min(mostPerPage, Number(query["pagelen"] ?? "10"));
  const values = all.slice((page - 1) * pagelen, page * pagelen);
  const others = new URLSearchParams({
    ...query,
    page: String(page + 1),
    pagelen: String(pagelen),
  });
  const next = `${emulatorUrls(origin).BITBUCKET_API_URL}${path}?${others}`;
  const more = page * pagelen < all.length ? { next } : {};
  return jsonAnswer(200, { size: all.length, page, pagelen, values, ...more });
}
