import { isJsonObject } from "../shared/json.ts";
import { LatchkeyError } from "./latchkey-error.ts";
import { latchkeyUrl } from "./latchkey-url.ts";
import { parseWire } from "./parse-wire.ts";
import { readProblem } from "./read-problem.ts";

/** A little more than the longest answer time that Latchkey promises. */
const CALL_TIMEOUT_MS = 30_000;

/**
 * A `fetch` as Latchkey takes it. Its problems are thrown as `LatchkeyError`, any other answer comes
 * back as it is; rejects like `fetch` when there is none.
 */
export async function callLatchkey(url: string, init: RequestInit): Promise<Response> {
  const headers = new Headers(init.headers);
  headers.set("X-Latchkey", "1");
  const response = await fetch(url, {
    ...init,
    headers,
    credentials: "include",
    cache: "no-store",
  });
  // A redirect may have led elsewhere.
  const isOurs = new URL(response.url).origin === new URL(url).origin;
  const problem = isOurs && (await readProblem(response));
  if (problem) throw problem;
  return response;
}

/**
 * The JSON object that Latchkey itself answers.
 *
 * @param key one that it must have
 * @throws {LatchkeyError} also when there is no answer (`unreachable`, at the latest after 30 s), or
 * none of Latchkey's (`unexpected_answer`)
 */
export async function readLatchkey<T extends object>(
  origin: string,
  path: string,
  key: keyof T,
  init: RequestInit = {},
): Promise<T> {
  const url = latchkeyUrl(origin, path);
  const signal = AbortSignal.timeout(CALL_TIMEOUT_MS);
  try {
    const response = await callLatchkey(url, { ...init, signal });
    const body = parseWire(await response.text());
    if (response.ok && isJsonObject(body) && key in body) return body as T;
    const message = `${origin} does not answer as Latchkey does.`;
    throw new LatchkeyError("unexpected_answer", message, { status: response.status });
  } catch (cause) {
    if (cause instanceof LatchkeyError) throw cause;
    const message = `${origin} could not be reached, or does not list this origin in APP_ORIGINS.`;
    throw new LatchkeyError("unreachable", message, { cause });
  }
}
