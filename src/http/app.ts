import type { Next } from "hono";
import { routePath } from "hono/route";
import { Hono } from "hono/tiny";
import { readConfig } from "../config.ts";
import { errorKind, logEvent } from "../shared/log-event.ts";
import type { AppContext, AppTypes } from "./app-types.ts";
import { FRONT_END_PATHS } from "./front-end-paths.ts";
import { gate } from "./gate.ts";
import { respondProblem } from "./respond-problem.ts";
import { ROUTES } from "./routes.ts";
import { securityHeaders } from "./security-headers.ts";

/** The Worker's app. The only folder that knows Hono is this one. */
export function createApp(): Hono<AppTypes> {
  const app = new Hono<AppTypes>();
  app.use(securityHeaders);
  app.use(requireConfig);
  for (const [path, cors] of Object.entries(FRONT_END_PATHS)) app.use(`${path}/*`, cors, gate);
  for (const [path, operations] of Object.entries(ROUTES)) {
    // A HEAD must not start or finish a flow.
    const takesHead = "GET" in operations && !path.startsWith("/auth/");
    const allow = [...Object.keys(operations), ...(takesHead ? ["HEAD"] : [])];
    app.all(path, (c) => {
      // Hono's small router takes a closing slash that is not in the pattern.
      if (!path.endsWith("*") && c.req.path.endsWith("/") !== path.endsWith("/")) {
        return respondProblem(c, "not_found");
      }
      const method = takesHead && c.req.method === "HEAD" ? "GET" : c.req.method;
      const operation = Object.hasOwn(operations, method) ? operations[method] : undefined;
      if (operation) return operation.handler(c);
      return respondProblem(c, "method_not_allowed", { allow: allow.join(", ") });
    });
  }
  app.notFound((c) => respondProblem(c, "not_found"));
  app.onError((error, c) => {
    // Hono's own handler would log the error, and with it whatever its message quotes.
    const { method } = c.req;
    logEvent("error", "unexpected_error", { method, route: routePath(c), error: errorKind(error) });
    return respondProblem(c, "temporarily_unavailable", { retryAfterSeconds: 1 });
  });
  return app;
}

/** Any fault of the configuration closes every route. */
async function requireConfig(c: AppContext, next: Next): Promise<Response | void> {
  const reading = readConfig(c.env);
  if (reading.config) {
    c.set("config", reading.config);
    return next();
  }
  return respondProblem(c, "misconfigured", reading.shown ? { problems: reading.problems } : {});
}
