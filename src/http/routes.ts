import script from "../../dist/ui/connections-page.txt";
import client from "../../dist/ui/client.txt";
import icon from "../ui/icon.svg";
import page from "../ui/connections-page.html";
import style from "../ui/connections-page.css";
import { MAX_HREF_BYTES } from "../flow/return-to.ts";
import { REQUEST_HEADERS } from "../proxy/request-headers.ts";
import { RESPONSE_HEADERS } from "../proxy/response-headers.ts";
import { type Health, REFRESH_REQUEST, SCHEMAS } from "./answer-schemas.ts";
import { callbackRoute } from "./callback-route.ts";
import { disconnectRoute, listRoute, showRoute } from "./connections-routes.ts";
import { describeApi } from "./describe-api.ts";
import { ANYTHING, json, type Operation, type Routes, text } from "./operation.ts";
import type { ProblemCode } from "./problems.ts";
import { PROXIED_METHODS } from "../proxy/proxied-methods.ts";
import { proxyRoute } from "./proxy-route.ts";
import { forgetRoute } from "./session-route.ts";
import { startRoute } from "./start-route.ts";
import { refreshRoute, tokenRoute } from "./token-routes.ts";
import { withProvider } from "./with-provider.ts";

/** For anybody's front-end, and no secret. */
const PUBLIC = { "Access-Control-Allow-Origin": "*", "Cache-Control": "public, max-age=300" };

const HEADER = { required: true, schema: { type: "string" } };

/** Why a caller gets no access token. */
const NO_TOKEN: readonly ProblemCode[] = [
  "not_connected",
  "reconnect_required",
  "provider_unavailable",
  "provider_misconfigured",
];

/** Every route there is. The API's description is made of it. */
export const ROUTES: Routes = {
  "/": { GET: text("The connections page", "text/html", page) },
  "/assets/connections-page.css": { GET: text("Its style", "text/css", style) },
  "/assets/connections-page.js": { GET: text("Its script", "text/javascript", script) },
  "/assets/icon.svg": { GET: text("Its icon", "image/svg+xml", icon) },
  "/client.js": { GET: text("The browser client, a module", "text/javascript", client, PUBLIC) },
  "/openapi.json": {
    GET: {
      summary: "This description",
      responses: { 200: { description: "OpenAPI 3.1", content: { "application/json": {} } } },
      handler: (c) =>
        c.body(describeApi(ROUTES, c.get("config").publicOrigin), 200, {
          "Content-Type": "application/json",
          ...PUBLIC,
        }),
    },
  },
  "/health": {
    GET: json("Whether it is set up", SCHEMAS.Health, (): Health => ({ status: "ok" })),
  },
  "/auth/:provider": {
    GET: {
      summary: "Starts to connect: for a browser to navigate to",
      parameters: [
        {
          name: "return_to",
          in: "query",
          description: "Where to come back to, on an allowed origin; default: the connections page",
          schema: { type: "string", format: "uri", maxLength: MAX_HREF_BYTES },
        },
      ],
      responses: {
        200: {
          description: "A page that asks the person to continue: another site sent them",
          content: { "text/html": {} },
        },
        302: redirect("To the provider's consent page"),
      },
      problems: ["invalid_return_to", "navigation_required", "rate_limited"],
      handler: withProvider(startRoute),
    },
  },
  "/auth/:provider/callback": {
    GET: {
      summary: "Where the provider sends the browser back to",
      responses: {
        303: redirect(
          "To `return_to`, with `provider`, `outcome` (`connected`, `denied`, `failed`) and, if failed, `reason`",
        ),
      },
      problems: ["invalid_flow", "navigation_required", "rate_limited"],
      handler: withProvider(callbackRoute),
    },
  },
  "/connections": { GET: json("Both connections", SCHEMAS.Connections, listRoute) },
  "/connections/:provider": {
    GET: json("One connection", SCHEMAS.Connection, withProvider(showRoute)),
    DELETE: json("Disconnects", SCHEMAS.Disconnected, withProvider(disconnectRoute)),
  },
  "/connections/:provider/token": {
    GET: json("A usable access token", SCHEMAS.Token, withProvider(tokenRoute), {
      problems: ["token_endpoint_disabled", ...NO_TOKEN],
    }),
  },
  "/connections/:provider/refresh": {
    POST: json(
      "A newer access token, when the provider rejected this one",
      SCHEMAS.Token,
      withProvider(refreshRoute),
      {
        requestBody: {
          required: true,
          content: { "application/json": { schema: REFRESH_REQUEST } },
        },
        problems: ["token_endpoint_disabled", "invalid_request", ...NO_TOKEN],
      },
    ),
  },
  "/session": { DELETE: json("Erases everything", SCHEMAS.Erased, forgetRoute) },
  "/api/:provider/*": Object.fromEntries(PROXIED_METHODS.map((method) => [method, proxy(method)])),
};

function proxy(method: (typeof PROXIED_METHODS)[number]): Operation {
  return {
    summary: "The provider's API, with the access token added",
    description: `Of the request's headers these go on: ${REQUEST_HEADERS.join(", ")}.`,
    ...(["POST", "PUT", "PATCH"].includes(method) ? { requestBody: { content: ANYTHING } } : {}),
    responses: {
      default: {
        description: `The provider's answer: status, body, and these headers: ${RESPONSE_HEADERS.join(", ")}.`,
        content: ANYTHING,
      },
    },
    problems: ["invalid_path", "not_found", "unknown_site", ...NO_TOKEN],
    handler: withProvider(proxyRoute),
  };
}

function redirect(description: string): object {
  return { description, headers: { Location: HEADER, "Set-Cookie": HEADER } };
}
