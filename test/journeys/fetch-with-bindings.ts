import { createExecutionContext, waitOnExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import worker from "../../src/index.ts";

/** The Worker's `fetch` with some bindings replaced, waiting for what it does behind its answer. */
export function fetchWithBindings(bindings: Partial<Env>): (request: Request) => Promise<Response> {
  const all = { ...env, ...bindings };
  return async (request) => {
    const ctx = createExecutionContext();
    const response = await worker.fetch(request as Parameters<typeof worker.fetch>[0], all, ctx);
    await waitOnExecutionContext(ctx);
    return response;
  };
}
