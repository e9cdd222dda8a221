import { afterEach, expect, test, vi } from "vitest";
import { useFreshEmulator } from "../journeys/journey-emulator.ts";
import { APP_ORIGIN, PUBLIC_URL } from "../worker-bindings.ts";
import { API, callWorker, problemOf } from "./call-worker.ts";
import { connectedBrowser } from "./connected-browser.ts";
import { untouchableBindings } from "./untouchable-bindings.ts";

useFreshEmulator();
afterEach(() => void vi.restoreAllMocks());

const corsOf = ({ headers }: Response) =>
  Object.fromEntries(
    [...headers].filter(([name]) => name.startsWith("access-control-") || name === "vary"),
  );

const FOR_APP = {
  "access-control-allow-origin": APP_ORIGIN,
  "access-control-allow-credentials": "true",
  "access-control-expose-headers": expect.stringMatching(/\bRetry-After,(.*,)?Allow$/),
  vary: "Origin",
};

/** Answers of every kind, each with what makes it. */
const ANSWERS: readonly (readonly [
  status: number,
  method: string,
  path: string,
  headers: object,
])[] = [
  [200, "GET", "/connections", API],
  [200, "GET", "/connections/jira", API],
  [200, "DELETE", "/connections/jira", API],
  [200, "DELETE", "/session", API],
  [401, "GET", "/connections/jira/token", API],
  [400, "POST", "/connections/jira/refresh", API],
  [404, "GET", "/connections/github", API],
  [404, "GET", "/connections/jira/x", API],
  [405, "PUT", "/connections", API],
  [405, "GET", "/session", API],
  [401, "GET", "/api/bitbucket/2.0/user", API],
  [400, "GET", "/api/bitbucket/2.0/..%5c", API],
  [404, "GET", "/api/bitbucket/1.0/user", API],
  [404, "GET", "/api/github/x", API],
  [405, "QUERY", "/api/bitbucket/2.0/user", API],
  [403, "GET", "/api/bitbucket/2.0/user", {}],
  [403, "GET", "/connections", {}],
  [403, "GET", "/connections", { ...API, "Sec-Fetch-Site": "cross-site" }],
];

test.each(ANSWERS)(
  "a %s to %s %s can be read by the front-end",
  async (status, method, path, headers) => {
    const response = await callWorker(path, {
      method,
      headers: { ...headers, Origin: APP_ORIGIN },
    });
    expect(response.status).toBe(status);
    expect(corsOf(response)).toStrictEqual(FOR_APP);
  },
);

test.each(ANSWERS)(
  "a %s to %s %s says nothing to another origin",
  async (_, method, path, headers) => {
    for (const origin of ["https://evil.example", "null", `${APP_ORIGIN}.evil.example`]) {
      const response = await callWorker(path, { method, headers: { ...headers, Origin: origin } });
      const cors = corsOf(response);
      expect(cors).not.toHaveProperty("access-control-allow-origin");
      expect(cors).toMatchObject({ vary: "Origin" });
    }
  },
);

test("an answer without an Origin varies by it all the same, for whoever caches", async () => {
  const cors = corsOf(await callWorker("/connections", { headers: API }));
  expect(cors).toMatchObject({ vary: "Origin" });
  expect(cors).not.toHaveProperty("access-control-allow-origin");
});

test("what fails on our side can be read by the front-end too", async () => {
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  const { bindings } = untouchableBindings();
  const { cookie } = await connectedBrowser();
  const headers = { ...API, Origin: APP_ORIGIN, Cookie: cookie };
  const response = await callWorker("/connections", { headers, bindings });
  expect(response.status).toBe(503);
  expect(corsOf(response)).toStrictEqual(FOR_APP);
});

const preflight = (origin: string, method = "DELETE", headers = "x-latchkey, content-type") => ({
  method: "OPTIONS",
  headers: {
    Origin: origin,
    "Access-Control-Request-Method": method,
    "Access-Control-Request-Headers": headers,
  },
});

const OWN = { methods: "GET,HEAD,POST,DELETE", headers: "X-Latchkey,Content-Type" };
const PROXIED = {
  methods: "GET,POST,PUT,PATCH,DELETE,HEAD",
  headers:
    "X-Latchkey,User-Agent,Accept,Accept-Encoding,Accept-Language,Content-Language,Content-Type,If-Match,If-Modified-Since,If-None-Match,If-Range,If-Unmodified-Since,Range,X-Atlassian-Token,X-ExperimentalApi",
};
const PATHS = [
  ["/connections", OWN],
  ["/connections/jira", OWN],
  ["/connections/jira/token", OWN],
  ["/session", OWN],
  ["/api/bitbucket/2.0/user", PROXIED],
  ["/api/jira/site/rest/api/3/issue", PROXIED],
] as const;

test.each(PATHS)(
  "a preflight for %s names methods and headers, and does nothing",
  async (path, { methods, headers }) => {
    const { bindings, touched } = untouchableBindings();
    for (const origin of [APP_ORIGIN, PUBLIC_URL]) {
      const response = await callWorker(path, { ...preflight(origin), bindings });
      expect(response.status).toBe(204);
      expect(corsOf(response)).toMatchObject({
        "access-control-allow-origin": origin,
        "access-control-allow-credentials": "true",
        "access-control-allow-methods": methods,
        "access-control-allow-headers": headers,
        "access-control-max-age": "600",
        vary: expect.stringMatching(/^Origin\b/),
      });
      expect(response.headers.getSetCookie()).toStrictEqual([]);
    }
    expect(touched).toStrictEqual([]);
  },
);

test.each(PATHS)(
  "a preflight for %s with other methods and headers gets the same lists",
  async (path, { methods, headers }) => {
    const asked = preflight(APP_ORIGIN, "QUERY", "authorization, cookie, x-evil");
    expect(corsOf(await callWorker(path, asked))).toMatchObject({
      "access-control-allow-methods": methods,
      "access-control-allow-headers": headers,
    });
  },
);

test.each(["https://evil.example", "null", "*", `${APP_ORIGIN}:444`, "http://app.example.com"])(
  "a preflight of %s gets no permission",
  async (origin) => {
    const cors = corsOf(await callWorker("/session", preflight(origin)));
    const proxied = corsOf(await callWorker("/api/bitbucket/2.0/user", preflight(origin)));
    expect(proxied).not.toHaveProperty("access-control-allow-origin");
    expect(cors).not.toHaveProperty("access-control-allow-origin");
  },
);

test.each(["/", "/health", "/auth/jira", "/auth/jira/callback", "/nothing"])(
  "%s is not for other origins at all",
  async (path) => {
    for (const call of [preflight(APP_ORIGIN), { headers: { ...API, Origin: APP_ORIGIN } }]) {
      const cors = corsOf(await callWorker(path, call));
      expect(Object.keys(cors).filter((name) => name !== "vary")).toStrictEqual([]);
    }
  },
);

test("front-ends are those of the configuration", async () => {
  const other = "https://other.example.org";
  const call = { headers: { ...API, Origin: other } };
  const known = await callWorker("/connections", { ...call, bindings: { APP_ORIGINS: other } });
  expect(corsOf(known)).toMatchObject({ "access-control-allow-origin": other });
  expect(await problemOf(await callWorker("/connections", call))).toBe("403 origin_not_allowed");
});
