import type { IncomingMessage } from "node:http";
import type { LoggedRequest } from "./emulator-protocol.ts";

const KEPT_BODY_BYTES = 1_048_576;

/** Reads all of it and keeps the first MiB; `onBytes` hears how much has arrived so far. */
export async function readBody(
  incoming: IncomingMessage,
  onBytes: (bytes: number) => void,
): Promise<string> {
  const kept: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    if (bytes < KEPT_BODY_BYTES) kept.push(chunk);
    bytes += chunk.length;
    onBytes(bytes);
  }
  return Buffer.concat(kept).subarray(0, KEPT_BODY_BYTES).toString();
}

/** The fields of a form or JSON object; `{}` for anything else. */
export function parseBody(type: string, text: string): Record<string, unknown> {
  if (type === "application/x-www-form-urlencoded") return firstValues(new URLSearchParams(text));
  if (!type.endsWith("json")) return {};
  try {
    const value: unknown = JSON.parse(text);
    if (value === null || typeof value !== "object" || Array.isArray(value)) return {};
    return { ...value };
  } catch {
    return {};
  }
}

export function firstValues(parameters: URLSearchParams): Record<string, string> {
  return Object.fromEntries([...parameters].toReversed());
}

export function contentType({ headers }: Pick<LoggedRequest, "headers">): string {
  return (headers["content-type"] ?? "").split(";", 1)[0]?.trim().toLowerCase() ?? "";
}

export function textField(request: LoggedRequest, name: string): string | undefined {
  const value = request.body[name];
  return typeof value === "string" ? value : undefined;
}

/** Without turning `+` into a space, as Atlassian's documentation encodes spaces as `%20`. */
export function parameterWithPlus(url: string, name: string): string | undefined {
  const query = url.slice(url.indexOf("?") + 1).replaceAll("+", "%2B");
  return new URLSearchParams(query).get(name) ?? undefined;
}
