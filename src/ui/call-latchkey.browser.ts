import { parseJson } from "../shared/json.ts";
import { describeProblem } from "./describe-problem.ts";
import type { Notice } from "./notice.ts";

/** A little more than the longest answer time that Latchkey promises. */
const CALL_TIMEOUT_MILLISECONDS = 30_000;

type Answer<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problem: Notice };

/**
 * Calls the JSON API of this origin. Never throws: what went wrong comes back as a notice.
 *
 * @param read what to make of a successful answer's body; `null` when it is not what was expected
 */
export async function callLatchkey<T>(
  method: "GET" | "DELETE",
  path: string,
  read: (body: unknown) => T | null,
): Promise<Answer<T>> {
  try {
    const response = await fetch(path, {
      method,
      headers: { "X-Latchkey": "1" },
      signal: AbortSignal.timeout(CALL_TIMEOUT_MILLISECONDS),
    });
    const body = parseJson(await response.text());
    const value = response.ok ? read(body) : null;
    if (value !== null) return { ok: true, value };
    const { status, headers } = response;
    const retryAfter = headers.get("Retry-After");
    return { ok: false, problem: describeProblem({ status, body, retryAfter }) };
  } catch {
    return { ok: false, problem: describeProblem(null) };
  }
}
