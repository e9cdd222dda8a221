// An API that is no HTTP library: bytes of our choosing, on a bare connection.
import { once } from "node:events";
import { connect, createServer, type AddressInfo } from "node:net";
import { afterAll, expect } from "vitest";
import { test as base } from "./browser-test.ts";
import { sessionHeaders } from "./proxy/session-headers.ts";

const answers = new Map<string, Buffer>();
const upstream = createServer((socket) => {
  let text = "";
  socket.on("error", () => {});
  socket.on("data", (chunk) => {
    text += chunk.toString("latin1");
    if (!text.includes("\r\n\r\n")) return;
    const [, path = ""] = /^\S+ (\S+)/.exec(text) ?? [];
    const answer = answers.get(path.replace(/^\/2\.0\//, "").replace(/\?.*/, ""));
    socket.end(answer ?? "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}");
  });
}).listen(0, "127.0.0.1");
await once(upstream, "listening");
afterAll(() => void upstream.close());
const API = `http://127.0.0.1:${(upstream.address() as AddressInfo).port}`;

const test = base
  .override("vars", { scope: "file" }, () => ({ BITBUCKET_API_URL: API }))
  .extend("headers", ({ latchkey, emulator: _fresh }) => sessionHeaders(latchkey));

async function raw(origin: string, request: string): Promise<string> {
  const { hostname, port } = new URL(origin);
  const socket = connect(Number(port), hostname).setEncoding("latin1");
  socket.on("error", () => {});
  socket.write(request);
  let text = "";
  socket.on("data", (chunk: string) => (text += chunk));
  const timer = setTimeout(() => socket.destroy(), 30_000);
  await once(socket, "close");
  clearTimeout(timer);
  return text;
}

const answer = (head: string, body: string = "") =>
  Buffer.concat([
    Buffer.from(`HTTP/1.1 ${head}\r\nConnection: close\r\n\r\n`, "latin1"),
    Buffer.from(body),
  ]);

const SPACES = " ".repeat(100_000);
answers.set("short", answer("200 OK\r\nContent-Type: text/html x\r\nContent-Length: 0"));
answers.set("long", answer(`200 OK\r\nContent-Type: text/html${SPACES}x\r\nContent-Length: 0`));

test("a media type of 100,000 spaces keeps the Worker no longer than a short one", async ({
  latchkey,
  headers,
}) => {
  const call = async (name: string) => {
    const lines = Object.entries({ Host: "x", Connection: "close", ...headers }).map(
      (header) => `${header.join(": ")}\r\n`,
    );
    const target = `/api/bitbucket/2.0/${name}`;
    const before = performance.now();
    const text = await raw(latchkey.origin, `GET ${target} HTTP/1.1\r\n${lines.join("")}\r\n`);
    expect(text).toMatch(/^HTTP\/1\.1 200 /);
    return performance.now() - before;
  };
  await call("short");
  const short = await call("short");
  expect(await call("long")).toBeLessThan(short + 2_000);
});
