import { isJsonObject } from "../shared/json.ts";
import { LatchkeyError } from "./latchkey-error.ts";
import { parseWire } from "./parse-wire.ts";

/**
 * The problem (RFC 9457) that an answer is, if it is one. Only Latchkey's own are of that type: what
 * a provider sends under it comes through the proxy as plain JSON.
 */
export async function readProblem(response: Response): Promise<LatchkeyError | undefined> {
  const { status, headers } = response;
  if (!headers.get("Content-Type")?.startsWith("application/problem+json")) return undefined;
  const body = parseWire(await response.clone().text());
  if (!isJsonObject(body)) return undefined;
  const { code, detail, connectUrl } = body;
  if (typeof code !== "string") return undefined;
  return new LatchkeyError(code, typeof detail === "string" ? detail : code, {
    status,
    connectUrl: typeof connectUrl === "string" ? connectUrl : undefined,
    // Whole seconds are the only form that Latchkey sends.
    retryAfter: Number.parseInt(headers.get("Retry-After") ?? "", 10) || undefined,
  });
}
