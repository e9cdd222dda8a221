import type { BrowserContext, Response as PageResponse } from "playwright-core";
import { findDifferences } from "../openapi/find-differences.ts";
import { readDescription } from "./read-description.ts";

/**
 * Compares what a context's pages get from Latchkey with its `/openapi.json`, from now on. The
 * function it gives tells the differences of all that came so far.
 */
export function compareAnswers(context: BrowserContext, origin: string): () => Promise<string[]> {
  const comparisons: Promise<string[]>[] = [];
  context.on("response", (answer) => {
    if (new URL(answer.url()).origin === origin)
      comparisons.push(compare(answer, origin).catch(unlessClosed));
  });
  return async () => (await Promise.all(comparisons)).flat();
}

async function compare(answer: PageResponse, origin: string): Promise<string[]> {
  // It came from the test itself.
  if ((await answer.serverAddr()) === null) return [];
  const headers = await answer.headersArray();
  const request = new Request(answer.url(), { method: answer.request().method() });
  const isJson = /json/.test(await answer.headerValue("content-type").then(String));
  // A page that is left takes the body along, and of what it can't use it keeps none.
  const body = isJson ? await answer.text().catch(() => "") : null;
  if (body === "") return [];
  const response = new Response(body, {
    status: answer.status(),
    headers: headers.map(({ name, value }): [string, string] => [name, value]),
  });
  const description = await readDescription(origin);
  return description ? findDifferences(description, request, response) : [];
}

/** A window that closes itself takes its answers along. */
function unlessClosed(error: unknown): string[] {
  const text = String(error);
  return text.includes("has been closed") ? [] : [text];
}
