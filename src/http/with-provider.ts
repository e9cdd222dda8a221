import type { ProviderClient } from "../providers/provider-client.ts";
import { isProviderId } from "../providers/provider.ts";
import type { AppContext } from "./app-types.ts";
import { type ProblemAnswer, respondProblem } from "./respond-problem.ts";

/** A handler of a path that names a provider; it runs only for one that is configured. */
export function withProvider<Answer>(
  handle: (c: AppContext, client: ProviderClient) => Answer,
): (c: AppContext) => Answer | ProblemAnswer {
  return (c) => {
    const id = c.req.param("provider") ?? "";
    if (!isProviderId(id)) return respondProblem(c, "unknown_provider");
    const client = c.get("config").clients[id];
    return client ? handle(c, client) : respondProblem(c, "provider_not_configured");
  };
}
