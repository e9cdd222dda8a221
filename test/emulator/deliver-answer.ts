import type { ServerResponse } from "node:http";
import { pipeline } from "node:stream/promises";
import { setTimeout as delay } from "node:timers/promises";
import { gzipSync } from "node:zlib";
import type { Answer } from "./answer.ts";
import type { Fault } from "./fault.ts";

const GZIP_FROM_BYTES = 1_000;
const HUGE_CHUNK = Buffer.alloc(65_536, "x");

export interface Delivery {
  readonly response: ServerResponse;
  readonly answer: Answer;
  readonly fault: Fault | undefined;
  /** The client takes gzip and the endpoint is one that sends it. */
  readonly gzip: boolean;
  readonly signal: AbortSignal;
}

/** Puts an answer on the wire, as badly as the fault says. */
export async function deliverAnswer(delivery: Delivery): Promise<void> {
  const { response, answer, fault = {}, signal } = delivery;
  const whole = Buffer.from(answer.body);
  const half = whole.subarray(0, Math.floor(whole.length / 2));
  if (fault.hugeBytes !== undefined) {
    await stream(delivery, huge(answer.body, fault.hugeBytes));
  } else if (fault.dripMs !== undefined) {
    await stream(delivery, dripping(whole, fault.dripMs, signal));
  } else if (fault.stall === true) {
    response.writeHead(answer.status, answer.headers).write(half);
  } else if (fault.truncate === "reset") {
    response.writeHead(answer.status, { ...answer.headers, "content-length": whole.length });
    response.write(half, () => response.socket?.resetAndDestroy());
  } else {
    deliverAtOnce(delivery, fault.truncate === "end" ? half : whole);
  }
}

function deliverAtOnce({ response, answer, gzip }: Delivery, body: Buffer): void {
  const coded = gzip && body.length >= GZIP_FROM_BYTES;
  const bytes = coded ? gzipSync(body) : body;
  const headers: Record<string, string | string[] | number> = { ...answer.headers };
  if (coded) Object.assign(headers, { "content-encoding": "gzip", vary: "Accept-Encoding" });
  if (![204, 304].includes(answer.status)) headers["content-length"] ??= bytes.length;
  response.writeHead(answer.status, headers).end(bytes);
}

async function stream(
  { response, answer }: Delivery,
  chunks: Iterable<Buffer> | AsyncIterable<Buffer>,
): Promise<void> {
  response.writeHead(answer.status, answer.headers);
  await pipeline(chunks, response);
}

async function* dripping(body: Buffer, intervalMs: number, signal: AbortSignal) {
  for (const byte of body) {
    yield Buffer.of(byte);
    await delay(intervalMs, undefined, { signal });
  }
}

// Well-formed to the end, for whoever reads that far.
function* huge(body: string, hugeBytes: number) {
  yield Buffer.from('{"padding":"');
  for (let sent = 0; sent < hugeBytes; sent += HUGE_CHUNK.length) {
    yield HUGE_CHUNK.subarray(0, hugeBytes - sent);
  }
  const object = body.startsWith("{") && body.length > 2;
  yield Buffer.from(object ? `",${body.slice(1)}` : '"}');
}
