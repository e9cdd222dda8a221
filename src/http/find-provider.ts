import type { ProviderClient } from "../providers/provider-client.ts";
import { isProviderId } from "../providers/provider.ts";
import type { AppContext } from "./app-types.ts";
import type { ProblemCode } from "./problems.ts";

/** The client of the provider that a path names, or the problem with it. */
export function findProvider(c: AppContext): ProviderClient | ProblemCode {
  const id = c.req.param("provider") ?? "";
  if (!isProviderId(id)) return "unknown_provider";
  return c.var.config.clients[id] ?? "provider_not_configured";
}
