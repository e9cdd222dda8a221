import type { Next } from "hono";
import type { AppContext } from "./app-types.ts";
import { respondProblem } from "./respond-problem.ts";

/**
 * What stops: refuses, before any handler runs and on every method, a foreign origin, another
 * site, and whoever could not set a header of ours.
 */
export async function gate(c: AppContext, next: Next): Promise<Response | void> {
  const origin = c.req.header("Origin");
  if (origin !== undefined && !c.get("config").allowedOrigins.has(origin)) {
    return respondProblem(c, "origin_not_allowed");
  }
  if (c.req.header("Sec-Fetch-Site") === "cross-site") {
    return respondProblem(c, "cross_site_front_end");
  }
  if (c.req.header("X-Latchkey") !== "1") return respondProblem(c, "csrf_header_missing");
  await next();
}
