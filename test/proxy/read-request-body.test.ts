import { expect, test } from "vitest";
import { readRequestBody } from "../../src/proxy/read-request-body.ts";

const MIB = 1024 * 1024;
const URL = "https://auth.example.com/";

/** A body that does not tell its length, in pieces of 64 KiB, and how much of it was asked for. */
function unannounced(bytes: number) {
  const piece = new Uint8Array(65_536).map((_, index) => index % 251);
  const read = { bytes: 0, cancelled: false };
  const body = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        if (read.bytes >= bytes) return controller.close();
        const next = piece.subarray(0, Math.min(piece.length, bytes - read.bytes));
        read.bytes += next.length;
        controller.enqueue(next);
      },
      cancel: () => void (read.cancelled = true),
    },
    { highWaterMark: 0 },
  );
  return { read, request: new Request(URL, { method: "POST", body }) };
}

function announced(bytes: number): Request {
  const headers = { "Content-Length": String(bytes) };
  return new Request(URL, { method: "PUT", headers, body: new Uint8Array(bytes).fill(7) });
}

const bytesOf = async (content: BodyInit | null) =>
  new Uint8Array(await new Response(content).arrayBuffer());

test.each([0, 1, MIB - 1, MIB])("%i bytes are kept", async (bytes) => {
  for (const request of [announced(bytes), unannounced(bytes).request]) {
    const { content, isReplayable } = await readRequestBody(request);
    expect(isReplayable).toBe(true);
    for (const _ of ["sent", "sent again"]) expect(await bytesOf(content)).toHaveLength(bytes);
  }
});

test("a longer body that says so stays a stream, untouched", async () => {
  const request = announced(MIB + 1);
  const { content, isReplayable } = await readRequestBody(request);
  expect(isReplayable).toBe(false);
  expect(content).toBe(request.body);
});

test("of a longer body that does not say so no more is read than is needed to know", async () => {
  const { read, request } = unannounced(20 * MIB);
  const { content, isReplayable } = await readRequestBody(request);
  expect(isReplayable).toBe(false);
  expect(read.bytes).toBeLessThan(2 * MIB);
  const bytes = await bytesOf(content);
  expect(bytes).toHaveLength(20 * MIB);
  expect(bytes.every((byte, index) => byte === (index % 65_536) % 251)).toBe(true);
});

test("whoever stops reading a rejoined body stops its source", async () => {
  const { read, request } = unannounced(20 * MIB);
  const { content } = await readRequestBody(request);
  await (content as ReadableStream).cancel();
  expect(read.cancelled).toBe(true);
});

test.each(["GET", "HEAD"])("what %s carries is no body", async (method) => {
  const request = { method, headers: new Headers(), body: announced(1).body } as Request;
  expect(await readRequestBody(request)).toStrictEqual({ content: null, isReplayable: true });
});

test("no body can be sent again", async () => {
  const request = new Request(URL, { method: "POST" });
  expect(await readRequestBody(request)).toStrictEqual({ content: null, isReplayable: true });
});
