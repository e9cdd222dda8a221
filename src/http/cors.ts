// CORS headers, for exactly the allowed origins (Fetch Standard). They tell browsers; they stop
// nobody: the gate does. By hand: Hono's own sets them on an answer of its own making, of which each
// real one is then a copy.
import type { Next } from "hono";
import { PROXIED_METHODS } from "../proxy/proxied-methods.ts";
import { REQUEST_HEADERS } from "../proxy/request-headers.ts";
import { RESPONSE_HEADERS } from "../proxy/response-headers.ts";
import type { AppContext } from "./app-types.ts";

const PREFLIGHT_MAX_AGE_SECONDS = 600;

/** For the calls that Latchkey answers itself. */
export const apiCors = corsHeaders({
  allowMethods: ["GET", "HEAD", "POST", "DELETE"],
  allowHeaders: ["X-Latchkey", "Content-Type"],
  exposeHeaders: ["Retry-After", "Allow"],
});

/** For those that a provider answers. */
export const proxyCors = corsHeaders({
  allowMethods: [...PROXIED_METHODS, "HEAD"],
  // A page's library may name itself: some browsers ask then. The provider gets our own.
  allowHeaders: ["X-Latchkey", "User-Agent", ...REQUEST_HEADERS],
  exposeHeaders: [...RESPONSE_HEADERS, "Content-Disposition", "Allow"],
});

interface Lists {
  readonly allowMethods: readonly string[];
  readonly allowHeaders: readonly string[];
  readonly exposeHeaders: readonly string[];
}

function corsHeaders({ allowMethods, allowHeaders, exposeHeaders }: Lists) {
  const expose = exposeHeaders.join(",");
  const preflight = {
    "Access-Control-Max-Age": String(PREFLIGHT_MAX_AGE_SECONDS),
    "Access-Control-Allow-Methods": allowMethods.join(","),
    "Access-Control-Allow-Headers": allowHeaders.join(","),
  };
  return async (c: AppContext, next: Next): Promise<void> => {
    if (c.req.method === "OPTIONS") c.res = c.body(null, 204, preflight);
    else await next();
    const { headers } = c.res;
    const origin = c.req.header("Origin");
    if (origin !== undefined && c.get("config").allowedOrigins.has(origin)) {
      headers.set("Access-Control-Allow-Origin", origin);
      headers.set("Access-Control-Allow-Credentials", "true");
      headers.set("Access-Control-Expose-Headers", expose);
    }
    headers.append("Vary", "Origin");
  };
}
