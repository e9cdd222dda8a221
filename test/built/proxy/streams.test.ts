import { request as httpRequest, type IncomingMessage } from "node:http";
import { once } from "node:events";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { gunzipSync } from "node:zlib";
import { expect } from "vitest";
import { test as base } from "../browser-test.ts";
import { childrenMemoryMib } from "./children-memory.ts";
import { sessionHeaders } from "./session-headers.ts";

const test = base.extend("headers", ({ latchkey, emulator: _fresh }) => sessionHeaders(latchkey));

const BIG_BYTES = 200_000_000;
const CHUNK = Buffer.alloc(65_536, "x");
const DOWNLOAD = "/2.0/repositories/a/b";
const UPLOAD = "/2.0/repositories/a/b/downloads";

type Headers = Readonly<Record<string, string>>;

test("what the provider has sent arrives while the rest is still to come", async ({
  latchkey,
  emulator,
  headers,
}) => {
  const body = "first half, second half";
  await emulator.fault({ path: DOWNLOAD, status: 200, body, stall: true });
  const answer = await open(`${latchkey.origin}/api/bitbucket${DOWNLOAD}`, headers);
  const [chunk] = (await once(answer, "data")) as [Buffer];
  expect(String(chunk)).toBe("first half,");
  answer.destroy();
});

test("what a caller has sent arrives at the provider while the rest is still to come", async ({
  latchkey,
  emulator,
  headers,
}) => {
  const upload = httpRequest(`${latchkey.origin}/api/bitbucket${UPLOAD}`, {
    method: "POST",
    headers: { ...headers, "Content-Length": BIG_BYTES },
    agent: false,
  });
  upload.on("error", () => undefined).write(CHUNK);
  const arriving = { path: UPLOAD, partial: true } as const;
  const [call] = await emulator.waitForRequests(arriving, 1);
  expect(call?.headers["content-length"]).toBe(String(BIG_BYTES));
  expect(call?.complete).toBe(false);
  upload.destroy();
});

test("200 MB come down, and memory does not grow with them", async ({
  latchkey,
  emulator,
  headers,
}) => {
  await emulator.fault({ path: DOWNLOAD, status: 200, hugeBytes: BIG_BYTES });
  const memory = watchMemory();
  const answer = await open(`${latchkey.origin}/api/bitbucket${DOWNLOAD}`, headers);
  let bytes = 0;
  for await (const chunk of answer) {
    bytes += (chunk as Buffer).length;
    memory.look();
  }
  expect(bytes).toBeGreaterThanOrEqual(BIG_BYTES);
  expect(memory.grownMib()).toBeLessThan(100);
});

test("200 MB go up, with their length, and memory does not grow with them", async ({
  latchkey,
  emulator,
  headers,
}) => {
  const memory = watchMemory();
  const upload = httpRequest(`${latchkey.origin}/api/bitbucket${UPLOAD}`, {
    method: "POST",
    headers: { ...headers, "Content-Length": BIG_BYTES },
    agent: false,
  });
  const answered = once(upload, "response") as Promise<[IncomingMessage]>;
  await pipeline(Readable.from(pieces(BIG_BYTES, memory.look)), upload);
  const [answer] = await answered;
  expect(answer.statusCode).toBe(201);
  answer.resume();
  const [call] = await emulator.requests({ path: UPLOAD });
  expect(call?.bodyBytes).toBe(BIG_BYTES);
  expect(call?.headers["content-length"]).toBe(String(BIG_BYTES));
  expect(memory.grownMib()).toBeLessThan(100);
});

test("a compressed answer passes as it is", async ({ latchkey, headers }) => {
  const url = `${latchkey.origin}/api/bitbucket${DOWNLOAD}/src/main/page.html`;
  const answer = await open(url, { ...headers, "Accept-Encoding": "gzip" });
  expect(answer.headers["content-encoding"]).toBe("gzip");
  const text = String(gunzipSync(Buffer.concat(await Array.fromAsync(answer))));
  expect(text).toBe(
    '<!doctype html><script>document.title = "ran"</script>main page.html\n'.repeat(20),
  );
});

async function open(url: string, headers: Headers): Promise<IncomingMessage> {
  const call = httpRequest(url, { headers, agent: false }).end();
  const [answer] = (await once(call, "response")) as [IncomingMessage];
  expect(answer.statusCode).toBe(200);
  return answer;
}

function* pieces(bytes: number, onPiece: () => void): Generator<Buffer> {
  for (let sent = 0; sent < bytes; sent += CHUNK.length) {
    onPiece();
    yield CHUNK.subarray(0, bytes - sent);
  }
}

/** How much more memory the processes of Latchkey came to hold meanwhile. */
function watchMemory() {
  const start = childrenMemoryMib();
  let [most, looks] = [start, 0];
  return {
    look: () => {
      if (looks++ % 100 === 0) most = Math.max(most, childrenMemoryMib());
    },
    grownMib: () => most - start,
  };
}
