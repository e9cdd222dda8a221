import type { Next } from "hono";
import { routePath } from "hono/route";
import { Hono } from "hono/tiny";
import { bodyLimit } from "hono/body-limit";
import { readConfig } from "../config.ts";
import { errorKind, logEvent } from "../shared/log-event.ts";
import type { AppContext, AppTypes } from "./app-types.ts";
import { callbackRoute } from "./callback-route.ts";
import { clientRoute } from "./client-route.ts";
import { disconnectRoute, listRoute, showRoute } from "./connections-routes.ts";
import { apiCors, proxyCors } from "./cors.ts";
import { gate } from "./gate.ts";
import { PROXIED_METHODS } from "./proxied-methods.ts";
import { iconRoute, pageRoute, scriptRoute, styleRoute } from "./page-routes.ts";
import { proxyRoute } from "./proxy-route.ts";
import { respondProblem } from "./respond-problem.ts";
import { securityHeaders } from "./security-headers.ts";
import { forgetRoute } from "./session-route.ts";
import { startRoute } from "./start-route.ts";
import { refreshRoute, tokenRoute } from "./token-routes.ts";
import { withProvider } from "./with-provider.ts";

const MAX_JSON_BYTES = 1_024;

type Handler = (c: AppContext) => Response | Promise<Response>;

/** Every route there is. */
const ROUTES: Readonly<Record<string, Readonly<Record<string, Handler>>>> = {
  "/": { GET: pageRoute },
  "/assets/connections-page.css": { GET: styleRoute },
  "/assets/connections-page.js": { GET: scriptRoute },
  "/assets/icon.svg": { GET: iconRoute },
  "/client.js": { GET: clientRoute },
  "/health": { GET: (c) => c.json({ status: "ok" }) },
  "/auth/:provider": { GET: withProvider(startRoute) },
  "/auth/:provider/callback": { GET: withProvider(callbackRoute) },
  "/connections": { GET: listRoute },
  "/connections/:provider": {
    GET: withProvider(showRoute),
    DELETE: withProvider(disconnectRoute),
  },
  "/connections/:provider/token": { GET: withProvider(tokenRoute) },
  "/connections/:provider/refresh": { POST: withProvider(refreshRoute) },
  "/session": { DELETE: forgetRoute },
  "/api/:provider/*": forEach(PROXIED_METHODS, withProvider(proxyRoute)),
};

function forEach(methods: readonly string[], handler: Handler): Record<string, Handler> {
  return Object.fromEntries(methods.map((method) => [method, handler]));
}

/** The Worker's app. The only folder that knows Hono is this one. */
export function createApp(): Hono<AppTypes> {
  const app = new Hono<AppTypes>();
  app.use(securityHeaders);
  app.use(requireConfig);
  for (const path of ["/connections/*", "/session"]) app.use(path, apiCors, gate);
  app.use("/api/*", proxyCors, gate);
  app.use("/connections/*", bodyLimit({ maxSize: MAX_JSON_BYTES, onError: refuseBody }));
  for (const [path, handlers] of Object.entries(ROUTES)) {
    // Hono runs GET handlers for HEAD: a HEAD must not start or finish a flow.
    const takesHead = "GET" in handlers && !path.startsWith("/auth/");
    const allow = [...Object.keys(handlers), ...(takesHead ? ["HEAD"] : [])].join(", ");
    app.all(path, (c) => {
      // Hono's small router takes a closing slash that is not in the pattern.
      if (!path.endsWith("*") && c.req.path.endsWith("/") !== path.endsWith("/")) {
        return respondProblem(c, "not_found");
      }
      const method = takesHead && c.req.method === "HEAD" ? "GET" : c.req.method;
      const handler = Object.hasOwn(handlers, method) ? handlers[method] : undefined;
      return handler ? handler(c) : respondProblem(c, "method_not_allowed", { allow });
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

function refuseBody(c: AppContext): Response {
  return respondProblem(c, "invalid_request");
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
