import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { SAMPLES } from "./answers.ts";
import { callWorker } from "./call-worker.ts";

beforeEach(() => void vi.spyOn(console, "error").mockImplementation(() => undefined));
afterEach(() => void vi.restoreAllMocks());

const CANARY = "CANARY<script>alert(1)</script>";
const HEADERS = {
  "User-Agent": CANARY,
  Referer: `https://evil.example/${CANARY}`,
  "X-Forwarded-Host": CANARY,
  "X-Forwarded-Proto": CANARY,
  "X-Original-URL": `/${CANARY}`,
  Forwarded: `host=${CANARY}`,
  "Accept-Language": CANARY,
  Cookie: `a=${CANARY}; __Host-Http-latchkey=${CANARY}`,
};
const PARAMETERS = ["error", "error_description", "error_uri", "code", "message", "provider", "x"];

/** The same request with the canary wherever a request has text. */
function withCanary(url: string): string {
  const { pathname, search } = new URL(url, "https://auth.example.com");
  const query = new URLSearchParams(search);
  for (const name of PARAMETERS) query.append(name, CANARY);
  return `https://canary-host.example${pathname}?${query}`;
}

test.each(SAMPLES)("$what ($status) is static: nothing of the request is in it", async (given) => {
  const { url, status, what: _, ...call } = given;
  const plain = await callWorker(url, call);
  const tried = await callWorker(withCanary(url), {
    ...call,
    headers: { ...HEADERS, ...call.headers },
  });
  expect(tried.status).toBe(status);
  const text = await tried.text();
  expect(text).toBe(await plain.text());
  expect(text).not.toMatch(/canary/i);
  expect(decodeURIComponent([...tried.headers].join("\n"))).not.toMatch(/canary/i);
});

test.each(["/auth/", "/connections/", "/"])(
  "what stands in a path below %s is not shown",
  async (path) => {
    for (const mode of ["navigate", "cors"]) {
      const headers = { "X-Latchkey": "1", "Sec-Fetch-Mode": mode };
      const response = await callWorker(path + encodeURIComponent(CANARY), { headers });
      expect(response.status).toBe(404);
      expect(await response.text()).not.toMatch(/canary|script/i);
    }
  },
);

test("a problem page runs no script and loads nothing but its own style", async () => {
  const response = await callWorker("/nothing", { headers: { "Sec-Fetch-Mode": "navigate" } });
  const page = await response.text();
  expect(page).not.toMatch(/<script|<iframe|<img|<form|<base|http-equiv|\son\w+=|javascript:/i);
  const targets = [...page.matchAll(/(?:href|src)="([^"]*)"/g)].map(([, target]) => target);
  expect(targets.every((target) => target?.startsWith("/"))).toBe(true);
});
