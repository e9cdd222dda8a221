import { beforeEach, expect, test } from "vitest";
import { useFreshEmulator } from "../journeys/journey-emulator.ts";
import { APP_ORIGIN, PUBLIC_URL } from "../worker-bindings.ts";
import { API, callWorker, problemOf } from "./call-worker.ts";
import { connectedBrowser } from "./connected-browser.ts";
import { untouchableBindings } from "./untouchable-bindings.ts";

useFreshEmulator();

const ROUTES: readonly (readonly [method: string, path: string])[] = [
  ["GET", "/connections"],
  ["HEAD", "/connections"],
  ["GET", "/connections/jira"],
  ["DELETE", "/connections/jira"],
  ["GET", "/connections/jira/token"],
  ["POST", "/connections/jira/refresh"],
  ["DELETE", "/session"],
  ["GET", "/api/bitbucket/2.0/user"],
  ["POST", "/api/jira/site/rest/api/3/issue"],
  ["PUT", "/api/jira/site/x"],
  ["PATCH", "/api/bitbucket/2.0/x"],
  ["DELETE", "/api/bitbucket/2.0/x"],
  // Known to nobody: these are no way around it.
  ["PUT", "/connections/jira"],
  ["PATCH", "/session"],
  ["GET", "/session"],
  ["GET", "/connections/"],
  ["DELETE", "/session/"],
  ["GET", "/%63onnections"],
  ["GET", "/%61pi/bitbucket/2.0/user"],
  ["GET", "/api/bitbucket/2.0/..%5c..%5cx"],
  ["GET", "/api"],
  ["GET", "/api/github/x"],
  ["GET", "//connections/../connections"],
  ["GET", "/connections/github"],
  ["GET", "/connections/jira/token/more"],
];

const REFUSALS: readonly (readonly [
  what: string,
  headers: Readonly<Record<string, string>>,
  problem: string,
])[] = [
  ["a foreign origin", { ...API, Origin: "https://evil.example" }, "403 origin_not_allowed"],
  ["the origin null", { ...API, Origin: "null" }, "403 origin_not_allowed"],
  ["an empty origin", { ...API, Origin: "" }, "403 origin_not_allowed"],
  ["the origin *", { ...API, Origin: "*" }, "403 origin_not_allowed"],
  ["a subdomain", { ...API, Origin: "https://x.app.example.com" }, "403 origin_not_allowed"],
  ["a longer host", { ...API, Origin: `${APP_ORIGIN}.evil.example` }, "403 origin_not_allowed"],
  ["another port", { ...API, Origin: `${APP_ORIGIN}:444` }, "403 origin_not_allowed"],
  ["http", { ...API, Origin: "http://app.example.com" }, "403 origin_not_allowed"],
  ["a slash", { ...API, Origin: `${APP_ORIGIN}/` }, "403 origin_not_allowed"],
  ["capitals", { ...API, Origin: "https://APP.example.com" }, "403 origin_not_allowed"],
  ["two origins", { ...API, Origin: `${APP_ORIGIN} ${PUBLIC_URL}` }, "403 origin_not_allowed"],
  ["another site", { ...API, "Sec-Fetch-Site": "cross-site" }, "403 cross_site_front_end"],
  [
    "another site with an allowed origin",
    { ...API, Origin: APP_ORIGIN, "Sec-Fetch-Site": "cross-site" },
    "403 cross_site_front_end",
  ],
  ["no header", { Origin: APP_ORIGIN }, "403 csrf_header_missing"],
  ["nothing at all", {}, "403 csrf_header_missing"],
  ["an empty header", { ...API, "X-Latchkey": "" }, "403 csrf_header_missing"],
  ["another value", { ...API, "X-Latchkey": "true" }, "403 csrf_header_missing"],
  ["the header twice", { ...API, "X-Latchkey": "1, 1" }, "403 csrf_header_missing"],
  // The order: origin, site, header.
  [
    "everything wrong",
    { Origin: "https://evil.example", "Sec-Fetch-Site": "cross-site" },
    "403 origin_not_allowed",
  ],
  [
    "site and header wrong",
    { Origin: APP_ORIGIN, "Sec-Fetch-Site": "cross-site" },
    "403 cross_site_front_end",
  ],
];

let cookie = "";
beforeEach(async () => {
  if (cookie === "") ({ cookie } = await connectedBrowser());
});

for (const [method, path] of ROUTES) {
  test.each(REFUSALS)(
    `${method} ${path} with %s is refused before anything runs`,
    async (_, headers, problem) => {
      const { bindings, touched } = untouchableBindings();
      const call = { method, bindings, headers: { Cookie: cookie, ...headers } };
      const response = await callWorker(path, call);
      expect(response.status).toBe(403);
      expect(response.headers.getSetCookie()).toStrictEqual([]);
      expect(touched).toStrictEqual([]);
      const told = await callWorker(path, { ...call, method: method === "HEAD" ? "GET" : method });
      expect(await problemOf(told)).toBe(problem);
    },
  );
}

test.each([
  ["no origin", {}],
  ["the Worker's own", { Origin: PUBLIC_URL }],
  ["a front-end of the same site", { Origin: APP_ORIGIN, "Sec-Fetch-Site": "same-site" }],
  ["a browser without Fetch Metadata", { Origin: APP_ORIGIN, "Sec-Fetch-Site": "" }],
])("a call from %s goes through", async (_, headers) => {
  const response = await callWorker("/connections", { headers: { ...API, ...headers } });
  expect(response.status).toBe(200);
});

test("the gate is no matter of the session: without one the refusal is the same", async () => {
  const headers = { Origin: "https://evil.example" };
  const [without, within] = await Promise.all([
    callWorker("/connections", { headers }),
    callWorker("/connections", { headers: { ...headers, Cookie: cookie } }),
  ]);
  expect(await without.text()).toBe(await within.text());
});
