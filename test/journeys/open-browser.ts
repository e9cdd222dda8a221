import { exports } from "cloudflare:workers";
import { type Browser, createBrowser } from "../browser/create-browser.ts";
import { expectDescribed } from "../openapi/expect-described.ts";
import { PUBLIC_URL } from "../worker-bindings.ts";

export type { Browser };

interface BrowserOptions {
  readonly cookies?: Map<string, string>;
  /** What answers: the Worker as it is deployed, unless a test gives it other bindings. */
  readonly fetch?: (request: Request) => Promise<Response>;
}

/** A browser in front of the Worker inside workerd. */
export function openBrowser({
  cookies = new Map(),
  fetch: send = (request) => exports.default.fetch(request),
}: BrowserOptions = {}): Browser {
  return createBrowser({
    origin: PUBLIC_URL,
    cookies,
    send: async (request) => expectDescribed(request, await send(request)),
  });
}
