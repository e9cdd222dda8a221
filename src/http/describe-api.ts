import { PROVIDER, SCHEMAS } from "./answer-schemas.ts";
import { FRONT_END_PATHS } from "./front-end-paths.ts";
import { ANYTHING, type Routes } from "./operation.ts";
import { type ProblemCode, PROBLEMS } from "./problems.ts";
import { SESSION_COOKIE } from "./session-cookie.ts";

const ABOUT = `Errors are problems (RFC 9457) with a stable \`code\`; a browser's navigation gets them as a page.
An unknown path is \`not_found\`; a known one answers other methods 405 \`method_not_allowed\` with \`Allow\`. What takes GET takes HEAD, except \`/auth/\`.
Where the session is named, a front-end on the same site may call too (CORS, with credentials).`;

const SESSION = {
  type: "apiKey",
  in: "cookie",
  name: SESSION_COOKIE,
  description:
    "Given by a callback, renewed by any answer. A caller without one has no connections.",
};

const PROVIDER_PARAMETER = { name: "provider", in: "path", required: true, schema: PROVIDER };
const PATH_PARAMETER = {
  name: "path",
  in: "path",
  required: true,
  schema: { type: "string" },
  description:
    "All the rest, slashes as they are (OpenAPI has no way to say so), and any query: `2.0/…` at Bitbucket, `{cloudId}/rest/api/3/…` at Jira. Goes on byte for byte.",
};
const HEADER_PARAMETER = {
  name: "X-Latchkey",
  in: "header",
  required: true,
  schema: { const: "1" },
};

const PROVIDER_PROBLEMS = ["unknown_provider", "provider_not_configured"] as const;
const GATE_PROBLEMS = [
  "origin_not_allowed",
  "cross_site_front_end",
  "csrf_header_missing",
] as const;

const WAIT = { description: "Seconds", schema: { type: "integer" } };

/** The OpenAPI 3.1 document of these routes, as JSON. */
export function describeApi(routes: Routes, publicOrigin: string): string {
  const schemas = Object.entries(SCHEMAS);
  // A schema that has a name is told by it wherever it stands, but for where it is defined.
  const refs = new Map<unknown, object>(
    schemas.map(([name, schema]) => [schema, { $ref: `#/components/schemas/${name}` }]),
  );
  const document = {
    openapi: "3.1.1",
    info: { title: "Latchkey", version: "1", description: ABOUT },
    servers: [{ url: publicOrigin }],
    paths: Object.fromEntries(Object.entries(routes).map(describePath)),
    components: {
      schemas: Object.fromEntries(schemas.map(([name, schema]) => [name, { ...schema }])),
      securitySchemes: { session: SESSION },
    },
  };
  return JSON.stringify(document, (_, value: unknown) => refs.get(value) ?? value);
}

function describePath([pattern, operations]: [string, Routes[string]]): [string, object] {
  const path = pattern.replace("*", ":path").replaceAll(/:(\w+)/g, "{$1}");
  const hasProvider = pattern.includes(":provider");
  const isGated = Object.keys(FRONT_END_PATHS).some((known) =>
    `${pattern}/`.startsWith(`${known}/`),
  );
  const common: readonly ProblemCode[] = [
    ...(hasProvider ? PROVIDER_PROBLEMS : []),
    ...(isGated ? GATE_PROBLEMS : []),
    "misconfigured",
    "temporarily_unavailable",
  ];
  const parameters = [
    ...(hasProvider ? [PROVIDER_PARAMETER] : []),
    ...(pattern.endsWith("*") ? [PATH_PARAMETER] : []),
    ...(isGated ? [HEADER_PARAMETER] : []),
  ];
  const security = isGated ? [{ session: [] }] : [];
  const described = Object.entries(operations).map(([method, operation]) => {
    const { handler: _, problems = [], responses, ...rest } = operation;
    const refusals = describeRefusals([...problems, ...common], "default" in responses);
    return [method.toLowerCase(), { ...rest, security, responses: { ...refusals, ...responses } }];
  });
  return [path, { parameters, ...Object.fromEntries(described) }];
}

/** @param isProxied whether a provider may answer with the same status, and anything */
function describeRefusals(codes: readonly ProblemCode[], isProxied: boolean): object {
  const byStatus = Map.groupBy(codes, (code) => PROBLEMS[code].status);
  return Object.fromEntries(
    Array.from(byStatus, ([status, coded]) => [status, describeProblems(status, coded, isProxied)]),
  );
}

function describeProblems(status: number, codes: readonly ProblemCode[], isProxied: boolean) {
  return {
    description: codes.map((code) => `\`${code}\`: ${PROBLEMS[code].detail}`).join("\n"),
    ...(status === 429 || status === 503 ? { headers: { "Retry-After": WAIT } } : {}),
    content: {
      "application/problem+json": {
        schema: {
          allOf: [SCHEMAS.Problem],
          properties: { code: { enum: codes } },
          required: status === 401 ? ["connect_url"] : [],
        },
      },
      "text/html": {},
      ...(isProxied ? ANYTHING : {}),
    },
  };
}
