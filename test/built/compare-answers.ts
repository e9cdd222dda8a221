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
    if (new URL(answer.url()).origin === origin) comparisons.push(compare(answer, origin));
  });
  return async () => (await Promise.all(comparisons)).flat();
}

async function compare(answer: PageResponse, origin: string): Promise<string[]> {
  // A page that is left takes the body along, a window that is closed all of the answer.
  const received = await receive(answer).catch(() => undefined);
  const description = await readDescription(origin);
  if (!received || !description) return [];
  const request = new Request(answer.url(), { method: answer.request().method() });
  return findDifferences(description, request, received);
}

/** `undefined` for one that the test made up, and for a body that the browser did not keep. */
async function receive(answer: PageResponse): Promise<Response | undefined> {
  if ((await answer.serverAddr()) === null) return undefined;
  const headers = await answer.headersArray();
  const isJson = /json/.test(String(await answer.headerValue("content-type")));
  const body = isJson ? await answer.text() : null;
  if (body === "") return undefined;
  return new Response(body, {
    status: answer.status(),
    headers: headers.map(({ name, value }): [string, string] => [name, value]),
  });
}
