import type { Call } from "./call-worker.ts";
import { API, NAVIGATION } from "./call-worker.ts";

/** One request, and the status that it gets. */
export interface Sample extends Call {
  readonly what: string;
  readonly url: string;
  readonly status: number;
}

const REFUSED = { FLOW_LIMIT: { limit: async () => ({ success: false }) } };
const BROKEN = {
  limit: () => {
    throw new Error("CANARY of a broken binding");
  },
};
const NO_JIRA = { ATLASSIAN_CLIENT_ID: "", ATLASSIAN_CLIENT_SECRET: "" };

/** Every route in every way that it answers without a connection. */
export const SAMPLES: readonly Sample[] = [
  sample("the page", 200, "/", { headers: NAVIGATION }),
  sample("its style", 200, "/assets/connections-page.css"),
  sample("its script", 200, "/assets/connections-page.js"),
  sample("health", 200, "/health"),
  sample("HEAD", 200, "/", { method: "HEAD" }),
  sample("a start", 302, "/auth/jira", { headers: NAVIGATION }),
  sample("the continue page", 200, "/auth/jira", {
    headers: { ...NAVIGATION, "Sec-Fetch-Site": "cross-site" },
  }),
  sample("a list", 200, "/connections", { headers: API }),
  sample("one connection", 200, "/connections/jira", { headers: API }),
  sample("a disconnect", 200, "/connections/jira", { headers: API, method: "DELETE" }),
  sample("forget me", 200, "/session", { headers: API, method: "DELETE" }),
  sample("a preflight", 204, "/session", { method: "OPTIONS" }),
  ...asPageAndProblem([
    sample("an unknown path", 404, "/nothing"),
    sample("an unknown method", 405, "/health", { method: "POST" }),
    sample("an unknown provider", 404, "/auth/github"),
    sample("a provider without credentials", 404, "/auth/jira", { bindings: NO_JIRA }),
    sample("a bad return_to", 400, "/auth/jira?return_to=x"),
    sample("a bad callback", 400, "/auth/jira/callback"),
    sample("a prefetch", 403, "/auth/jira", { headers: { "Sec-Purpose": "prefetch" } }),
    sample("too many starts", 429, "/auth/jira", { bindings: REFUSED }),
    sample("a broken binding", 503, "/auth/jira", { bindings: { FLOW_LIMIT: BROKEN } }),
    sample("a missing header", 403, "/connections"),
    sample("a foreign origin", 403, "/session", { headers: { Origin: "https://evil.example" } }),
    sample("no such connection", 401, "/connections/jira/token", { headers: API }),
    sample("no such provider", 404, "/connections/github", { headers: API }),
    sample("a method that a connection lacks", 405, "/connections", {
      headers: API,
      method: "PUT",
    }),
    sample("a body that is none", 400, "/connections/jira/refresh", {
      headers: API,
      method: "POST",
      body: "{",
    }),
    sample("a body that is too long", 400, "/connections/jira/refresh", {
      headers: API,
      method: "POST",
      body: "x".repeat(100_000),
    }),
    sample("closed tokens", 403, "/connections/jira/token", {
      headers: API,
      bindings: { TOKEN_ENDPOINT: "off" },
    }),
    sample("a proxied call without a connection", 401, "/api/jira/x/y", { headers: API }),
    sample("a proxied path that misleads", 400, "/api/bitbucket/2.0/%252e/x", { headers: API }),
    sample("a proxied path to nowhere", 404, "/api/bitbucket/1.0/x", { headers: API }),
    sample("a faulty configuration", 503, "/", { bindings: { SEALING_KEYS: "" } }),
  ]),
];

function sample(what: string, status: number, url: string, call: Call = {}): Sample {
  return { what, status, url, ...call };
}

/** A navigation gets a page, a `fetch` a problem; both get the same headers. */
function asPageAndProblem(samples: readonly Sample[]): Sample[] {
  const modes = { page: "navigate", problem: "cors" };
  return samples.flatMap((given) =>
    Object.entries(modes)
      // A start that is no navigation has a problem of its own.
      .filter(
        ([, mode]) => mode === "navigate" || !/start|broken|callback|return_to/.test(given.what),
      )
      .map(([form, mode]) => ({
        ...given,
        what: `${given.what}, as a ${form}`,
        headers: { ...given.headers, "Sec-Fetch-Mode": mode },
      })),
  );
}
