import { createExecutionContext, waitOnExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import worker from "../../src/index.ts";

/**
 * The Worker's `fetch` with some bindings or settings replaced, waiting for what it does behind
 * its answer.
 */
export function fetchWithBindings(
  bindings: Readonly<Record<string, unknown>>,
): (request: Request) => Promise<Response> {
  const all = { ...env, ...bindings } as Env;
  return async (request) => {
    const ctx = createExecutionContext();
    const response = await worker.fetch(request as Parameters<typeof worker.fetch>[0], all, ctx);
    await waitOnExecutionContext(ctx);
    return response;
  };
}
