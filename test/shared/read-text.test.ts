import { expect, test } from "vitest";
import { readText } from "../../src/shared/read-text.ts";

const bytesOf = (text: string) => new Response(text).body;

test.each([
  ["no body", null, ""],
  ["a short one", bytesOf("{}"), "{}"],
  ["one of just as many bytes", bytesOf("é".repeat(5)), "é".repeat(5)],
  ["one byte more", bytesOf("x".repeat(11)), undefined],
  ["fewer characters, but more bytes", bytesOf("é".repeat(6)), undefined],
])("of at most ten bytes: %s", async (_, body, text) => {
  expect(await readText(body, 10)).toBe(text);
});

test("a character that two chunks share is one character", async () => {
  const [first, ...rest] = new TextEncoder().encode("é");
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(Uint8Array.of(first ?? 0));
      controller.enqueue(Uint8Array.from(rest));
      controller.close();
    },
  });
  expect(await readText(body, 10)).toBe("é");
});
