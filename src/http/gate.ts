import type { Next } from "hono";
import { cors } from "hono/cors";
import type { AppContext } from "./app-types.ts";
import { respondProblem } from "./respond-problem.ts";

const PREFLIGHT_MAX_AGE_SECONDS = 600;

/** CORS headers, for exactly the allowed origins (Fetch Standard). It tells browsers; it stops nobody. */
export const corsHeaders = cors({
  origin: (origin, c: AppContext) => (c.var.config.allowedOrigins.has(origin) ? origin : null),
  credentials: true,
  allowMethods: ["GET", "HEAD", "POST", "DELETE"],
  allowHeaders: ["X-Latchkey", "Content-Type"],
  exposeHeaders: ["Retry-After", "Allow"],
  maxAge: PREFLIGHT_MAX_AGE_SECONDS,
});

/**
 * What stops: refuses, before any handler runs and on every method, a foreign origin, another
 * site, and whoever could not set a header of ours.
 */
export async function gate(c: AppContext, next: Next): Promise<Response | void> {
  const origin = c.req.header("Origin");
  if (origin !== undefined && !c.var.config.allowedOrigins.has(origin)) {
    return respondProblem(c, "origin_not_allowed");
  }
  if (c.req.header("Sec-Fetch-Site") === "cross-site") {
    return respondProblem(c, "cross_site_front_end");
  }
  if (c.req.header("X-Latchkey") !== "1") return respondProblem(c, "csrf_header_missing");
  await next();
}
