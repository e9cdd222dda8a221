import { execFileSync } from "node:child_process";
import { request as httpRequest, type IncomingMessage } from "node:http";
import { once } from "node:events";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { gunzipSync } from "node:zlib";
import { expect } from "vitest";
import { test as base } from "../browser-test.ts";
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
  expect(memory.grownMb()).toBeLessThan(BIG_BYTES / 1e6 / 2);
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
  expect(memory.grownMb()).toBeLessThan(BIG_BYTES / 1e6 / 2);
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

/** How much more memory this process's children, workerd among them, came to hold meanwhile. */
function watchMemory() {
  const start = childrenMb();
  let [most, looks] = [start, 0];
  return {
    look(): void {
      if (looks++ % 100 === 0) most = Math.max(most, childrenMb());
    },
    grownMb: () => Math.round(most - start),
  };
}

function childrenMb(): number {
  const rows = execFileSync("ps", ["-A", "-o", "pid=,ppid=,rss="], { encoding: "utf8" })
    .trim()
    .split("\n")
    .map((row) => row.trim().split(/\s+/).map(Number));
  const family = new Set([process.pid]);
  // Parents stand before their children nearly always; twice is enough for what we start.
  for (const _ of [1, 2, 3]) {
    for (const [pid = 0, ppid = 0] of rows) if (family.has(ppid)) family.add(pid);
  }
  family.delete(process.pid);
  const kb = rows.reduce((sum, [pid = 0, , rss = 0]) => sum + (family.has(pid) ? rss : 0), 0);
  return kb / 1024;
}
