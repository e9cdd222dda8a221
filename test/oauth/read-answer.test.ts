import { expect, test } from "vitest";
import { readAnswer } from "../../src/oauth/read-answer.ts";

const LIMIT = 256 * 1_024;
const PATIENT = new AbortController().signal;
const read = (body: BodyInit | null, init?: ResponseInit) =>
  readAnswer(Promise.resolve(new Response(body, init)), PATIENT);

/** A body that comes in these pieces; says whether its reader gave up. */
function pieces(chunks: Iterable<Uint8Array>) {
  const iterator = chunks[Symbol.iterator]();
  const state = { cancelled: false };
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      const { done, value } = iterator.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    cancel() {
      state.cancelled = true;
    },
  });
  return { body, state };
}

test("an answer is read whole, whatever its status", async () => {
  const answer = await read("no luck", { status: 503, headers: { "Retry-After": "7" } });
  expect(answer).toMatchObject({ kind: "answer", status: 503, text: "no luck" });
  expect(answer.kind === "answer" && answer.headers.get("Retry-After")).toBe("7");
});

test("an answer without a body is an empty text", async () => {
  expect(await read(null, { status: 204 })).toMatchObject({ kind: "answer", text: "" });
});

test("characters that are cut between two pieces stay whole", async () => {
  const bytes = new TextEncoder().encode("für 10 €");
  const { body } = pieces(Array.from(bytes, (byte) => Uint8Array.of(byte)));
  expect(await read(body)).toMatchObject({ text: "für 10 €" });
});

test("256 KiB are read, and not a byte more", async () => {
  expect(await read("x".repeat(LIMIT))).toMatchObject({ kind: "answer" });
  expect(await read("x".repeat(LIMIT + 1))).toStrictEqual({
    kind: "no_answer",
    cause: "too_large",
  });
});

test("an endless answer is left, not collected", async () => {
  function* endless() {
    for (;;) yield new Uint8Array(64 * 1_024);
  }
  const { body, state } = pieces(endless());
  expect(await read(body)).toStrictEqual({ kind: "no_answer", cause: "too_large" });
  expect(state.cancelled).toBe(true);
});

test("a call that fails is no answer, and no error", async () => {
  const failed = Promise.reject(new TypeError("CANARY"));
  expect(await readAnswer(failed, PATIENT)).toStrictEqual({ kind: "no_answer", cause: "network" });
});

test("a call that fails because its time is up says so", async () => {
  const failed = Promise.reject(new DOMException("CANARY", "TimeoutError"));
  expect(await readAnswer(failed, AbortSignal.abort())).toStrictEqual({
    kind: "no_answer",
    cause: "timeout",
  });
});

test("a body that breaks off is no answer", async () => {
  const body = new ReadableStream({
    start: (controller) => controller.enqueue(new TextEncoder().encode('{"access_token":')),
    pull: (controller) => controller.error(new Error("connection reset")),
  });
  expect(await read(body)).toStrictEqual({ kind: "no_answer", cause: "network" });
});
