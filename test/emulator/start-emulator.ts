import { once } from "node:events";
import { createServer } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { answerControl } from "./answer-control.ts";
import { jsonAnswer } from "./answer.ts";
import type { Answer } from "./answer.ts";
import { controlEmulator } from "./control-emulator.ts";
import type { EmulatorControl } from "./control-emulator.ts";
import { createEmulatorState } from "./emulator-state.ts";
import type { EmulatorState } from "./emulator-state.ts";
import { emulatorUrls } from "./emulator-urls.ts";
import type { EmulatorUrls } from "./emulator-urls.ts";
import { handleRequest } from "./handle-request.ts";
import { readBody } from "./read-request.ts";

const CONTROL = "/_emulator/";
const MAX_HEADER_BYTES = 1_048_576;
const BACKLOG = 4_096;

export interface Emulator {
  readonly origin: string;
  readonly port: number;
  readonly urls: EmulatorUrls;
  readonly control: EmulatorControl;
  close(): Promise<void>;
  /** Lets the process end although it listens. */
  unref(): void;
}

/**
 * Plays Bitbucket and Atlassian on 127.0.0.1, which is another site than `localhost`.
 * Port 0 takes a free one; rejects with the system's error when the port is taken.
 */
export async function startEmulator({ port = 0 }: { port?: number } = {}): Promise<Emulator> {
  const server = createServer({ maxHeaderSize: MAX_HEADER_BYTES, keepAliveTimeout: 60_000 });
  server.listen({ port, host: "127.0.0.1", backlog: BACKLOG });
  await once(server, "listening");
  const taken = (server.address() as AddressInfo).port;
  const origin = `http://127.0.0.1:${taken}`;
  let state = createEmulatorState(origin);

  function reset(): void {
    state.ended.abort();
    state = createEmulatorState(origin);
  }

  server.on("request", (incoming, response) => {
    const work = incoming.url?.startsWith(CONTROL)
      ? handleControl({ state, reset, incoming, response })
      : handleRequest(state, incoming, response);
    work.catch((error: unknown) => fail(error, response));
  });

  async function close(): Promise<void> {
    state.ended.abort();
    const closed = once(server, "close");
    server.close();
    server.closeAllConnections();
    await closed;
  }

  const control = controlEmulator(origin);
  return {
    origin,
    port: taken,
    urls: emulatorUrls(origin),
    control,
    close,
    unref: () => void server.unref(),
  };
}

interface ControlCall {
  readonly state: EmulatorState;
  readonly reset: () => void;
  readonly incoming: IncomingMessage;
  readonly response: ServerResponse;
}

async function handleControl({ state, reset, incoming, response }: ControlCall): Promise<void> {
  const command = (incoming.url ?? "").slice(CONTROL.length);
  const gone = new AbortController();
  response.on("close", () => gone.abort());
  const text = await readBody(incoming, () => undefined);
  // A web page cannot send this type to another origin without asking first.
  if (incoming.headers["content-type"] !== "application/json") {
    return send(response, jsonAnswer(415, { error: "send application/json" }));
  }
  if (command === "reset") {
    reset();
    return send(response, jsonAnswer(200, { result: null }));
  }
  send(response, await answerControl(state, { command, text, gone: gone.signal }));
}

function send(response: ServerResponse, { status, headers, body }: Answer): void {
  response.writeHead(status, headers).end(body);
}

// A client that leaves and a reset both end requests halfway; anything else is the emulator's bug.
function fail(error: unknown, response: ServerResponse): void {
  if (response.destroyed) return;
  console.error(error);
  if (response.headersSent) response.destroy();
  else send(response, jsonAnswer(500, { error: `emulator: ${String(error)}` }));
}
