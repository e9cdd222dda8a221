import { request as httpRequest } from "node:http";
import { type Browser, createBrowser } from "../browser/create-browser.ts";
import { findDifferences } from "../openapi/find-differences.ts";
import { readDescription } from "./read-description.ts";

/**
 * A browser in front of a Latchkey that listens at this origin. An answer that its `/openapi.json`
 * does not describe is thrown.
 */
export function openNodeBrowser(origin: string, cookies = new Map<string, string>()): Browser {
  return createBrowser({
    origin,
    cookies,
    async send(request) {
      const response = await send(request);
      const description = await readDescription(origin);
      const differences = description && (await findDifferences(description, request, response));
      if (differences?.length) throw new Error(differences.join("\n"));
      return response;
    },
  });
}

/** Not by `fetch`, which has its own ideas of `Sec-Fetch-Mode`. Rejects when the connection breaks. */
async function send(request: Request): Promise<Response> {
  const body = await request.text();
  const { promise, resolve, reject } = Promise.withResolvers<Response>();
  const { method } = request;
  const headers = Object.fromEntries(request.headers);
  // No kept connection: none outlives the process at its other end.
  httpRequest(request.url, { method, headers, agent: false }, (incoming) => {
    const chunks: Buffer[] = [];
    incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
    incoming.on("error", reject);
    incoming.on("end", () => {
      const answered = new Headers();
      for (const [name, values = []] of Object.entries(incoming.headersDistinct)) {
        for (const value of values) answered.append(name, value);
      }
      const status = incoming.statusCode ?? 0;
      const text = Buffer.concat(chunks).toString();
      resolve(new Response(text === "" ? null : text, { status, headers: answered }));
    });
  })
    .on("error", reject)
    .end(body);
  return promise;
}
