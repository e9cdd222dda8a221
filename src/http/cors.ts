// CORS headers, for exactly the allowed origins (Fetch Standard). They tell browsers; they stop
// nobody: the gate does.
import { cors } from "hono/cors";
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
  readonly allowMethods: string[];
  readonly allowHeaders: string[];
  readonly exposeHeaders: string[];
}

function corsHeaders(lists: Lists) {
  return cors({
    origin: (origin, c: AppContext) => (c.var.config.allowedOrigins.has(origin) ? origin : null),
    credentials: true,
    maxAge: PREFLIGHT_MAX_AGE_SECONDS,
    ...lists,
  });
}
