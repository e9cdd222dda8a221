import type { Config } from "../config.ts";
import type { AppContext } from "./app-types.ts";
import { describeApi } from "./describe-api.ts";
import type { Routes } from "./operation.ts";

const descriptions = new WeakMap<Config, string>();

/** `GET /openapi.json`: what these routes are, written once for a configuration. */
export function openApiRoute(
  c: AppContext,
  routes: Routes,
  headers: Readonly<Record<string, string>>,
): Response {
  const { config } = c.var;
  const description = descriptions.get(config) ?? describeApi(routes, config.publicOrigin);
  descriptions.set(config, description);
  return c.body(description, 200, { "Content-Type": "application/json", ...headers });
}
