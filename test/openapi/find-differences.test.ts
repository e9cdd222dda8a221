import { expect, test } from "vitest";
import { PUBLIC_URL } from "../worker-bindings.ts";
import { API_DESCRIPTION } from "./expect-described.ts";
import { findDifferences } from "./find-differences.ts";

interface Answered {
  readonly status?: number;
  readonly headers?: Record<string, string>;
  readonly body?: unknown;
  /** JSON, unless it says otherwise. */
  readonly type?: string;
}

const TOKEN = {
  access_token: "x",
  token_type: "Bearer",
  expires_at: "2027-01-15T12:00:00Z",
  expires_in: 60,
  scopes: [],
};
const CONNECTION = { provider: "jira", status: "not_configured", manage_url: "https://x.example/" };

function problem(status: number, code: string, extra: object = {}): Answered {
  const body = { title: "Title", status, code, detail: "Detail.", ...extra };
  return { status, type: "application/problem+json", body };
}

function differences(call: string, { status = 200, headers, body, type }: Answered) {
  const [method = "", path = ""] = call.split(" ");
  const hasBody = body !== undefined && method !== "HEAD";
  const response = new Response(hasBody ? JSON.stringify(body) : null, {
    status,
    headers: {
      ...(body === undefined ? {} : { "Content-Type": type ?? "application/json" }),
      ...headers,
    },
  });
  const request = new Request(PUBLIC_URL + path, { method });
  return findDifferences(API_DESCRIPTION, request, response);
}

const CONNECT_URL = { connect_url: `${PUBLIC_URL}/auth/jira` };
const WAIT = { "Retry-After": "1" };
const REDIRECT = { Location: "https://x.example/", "Set-Cookie": "a=b" };

test.each<[call: string, answered: Answered]>([
  ["GET /connections/jira/token", { body: TOKEN, headers: { "Set-Cookie": "a=b" } }],
  ["HEAD /connections/jira/token", { body: TOKEN }],
  ["GET /connections/jira", { body: CONNECTION }],
  ["GET /connections/jira/token", problem(401, "not_connected", CONNECT_URL)],
  ["GET /connections/github", problem(404, "unknown_provider")],
  ["GET /connections/jira", problem(503, "misconfigured", { problems: ["A"] })],
  ["GET /health", { ...problem(503, "temporarily_unavailable"), headers: WAIT }],
  ["GET /auth/jira", { status: 302, headers: REDIRECT }],
  ["GET /nothing", problem(404, "not_found")],
  ["GET /connections/jira/nothing", problem(403, "csrf_header_missing")],
  ["OPTIONS /api/jira/x", { status: 204 }],
  ["PUT /health", { ...problem(405, "method_not_allowed"), headers: { Allow: "GET, HEAD" } }],
  ["GET /api/jira/x/y", { status: 418, body: "anything", type: "image/png" }],
  ["GET /api/jira/x/y", { status: 404, body: "anything", type: "text/plain" }],
])("what is described: %s", async (call, answered) => {
  expect(await differences(call, answered)).toStrictEqual([]);
});

test.each<[what: string, call: string, answered: Answered, difference: RegExp]>([
  ["another field", "GET /connections/jira/token", { body: { ...TOKEN, x: 1 } }, /"x"/],
  [
    "a field less",
    "GET /connections/jira/token",
    { body: { ...TOKEN, scopes: undefined } },
    /"scopes"/,
  ],
  [
    "no date",
    "GET /connections/jira/token",
    { body: { ...TOKEN, expires_at: "soon" } },
    /date-time/,
  ],
  [
    "a field of another status",
    "GET /connections/jira",
    { body: { ...CONNECTION, ...CONNECT_URL } },
    /connect_url|oneOf/,
  ],
  [
    "another status",
    "GET /health",
    { status: 201, body: { status: "ok" } },
    /201 is not described/,
  ],
  ["another type", "GET /health", { body: { status: "ok" }, type: "text/plain" }, /text\/plain/],
  ["no type", "GET /health", {}, /Content-Type is missing/],
  ["a code of others", "GET /connections/jira", problem(403, "navigation_required"), /code/],
  ["an unknown code", "GET /connections/jira", problem(403, "forbidden"), /code/],
  [
    "a problem without a way on",
    "GET /connections/jira/token",
    problem(401, "not_connected"),
    /connect_url/,
  ],
  ["a problem with another field", "GET /nothing", problem(404, "not_found", { x: 1 }), /"x"/],
  ["no gate there", "GET /nothing", problem(403, "csrf_header_missing"), /403 is not described/],
  ["nothing where something is", "GET /health", problem(404, "not_found"), /404 is not described/],
  [
    "a wait that never ends",
    "GET /health",
    { ...problem(503, "misconfigured"), headers: WAIT },
    /Retry-After/,
  ],
  ["no end of a wait", "GET /health", problem(503, "temporarily_unavailable"), /Retry-After/],
  [
    "a redirect to nowhere",
    "GET /auth/jira",
    { status: 302, headers: { "Set-Cookie": "a=b" } },
    /Location is missing/,
  ],
  [
    "a redirect that nobody described",
    "GET /health",
    { body: { status: "ok" }, headers: { Location: "/" } },
    /Location is not/,
  ],
  [
    "a cookie for no session",
    "GET /health",
    { body: { status: "ok" }, headers: { "Set-Cookie": "a=b" } },
    /Set-Cookie is not/,
  ],
  ["no methods", "PUT /health", problem(405, "method_not_allowed"), /Allow is missing/],
  [
    "other methods",
    "PUT /health",
    { ...problem(405, "method_not_allowed"), headers: { Allow: "GET, PUT" } },
    /Allow says/,
  ],
  [
    "a method that it has",
    "GET /health",
    { ...problem(405, "method_not_allowed"), headers: { Allow: "HEAD" } },
    /405 is not/,
  ],
  ["a preflight of what has none", "OPTIONS /health", { status: 204 }, /204 is not described/],
])("what is not described: %s", async (_, call, answered, difference) => {
  expect((await differences(call, answered)).join("\n")).toMatch(difference);
});

test("a stream of any content is left as it is", async () => {
  let wasRead = false;
  const body = new ReadableStream(
    {
      pull(controller) {
        wasRead = true;
        controller.close();
      },
    },
    { highWaterMark: 0 },
  );
  const response = new Response(body, { headers: { "Content-Type": "video/mp4" } });
  const request = new Request(`${PUBLIC_URL}/api/bitbucket/2.0/x`);
  expect(await findDifferences(API_DESCRIPTION, request, response)).toStrictEqual([]);
  expect([wasRead, response.bodyUsed]).toStrictEqual([false, false]);
});
