import { isJsonObject } from "../shared/json.ts";
import { LatchkeyError } from "./latchkey-error.ts";
import { parseWire } from "./parse-wire.ts";

/**
 * The problem (RFC 9457) that an answer is, if it is one of Latchkey's. Through the proxy anybody's
 * bytes come: a file of that type is no problem, and no address but Latchkey's own is one to go to.
 *
 * @param origin Latchkey's
 */
export async function readProblem(
  response: Response,
  origin: string,
): Promise<LatchkeyError | undefined> {
  const { ok, status, headers } = response;
  if (ok || !headers.get("Content-Type")?.startsWith("application/problem+json")) return undefined;
  const body = parseWire(await response.clone().text());
  if (!isJsonObject(body) || typeof body["code"] !== "string") return undefined;
  const { code, detail, connectUrl } = body as { code: string } & Record<string, string>;
  return new LatchkeyError(code, detail ?? code, {
    status,
    connectUrl: connectUrl?.startsWith?.(`${origin}/`) ? connectUrl : undefined,
    // Whole seconds are the only form that Latchkey sends.
    retryAfter: Number.parseInt(headers.get("Retry-After") ?? "", 10) || undefined,
  });
}
