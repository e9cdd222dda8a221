import { expect } from "vitest";
import { test } from "./browser-test.ts";

const PATHS = ["/", "/assets/connections-page.js", "/health", "/connections", "/nothing"];
test.for(PATHS)("%s answers with the security headers", async (path, { latchkey }) => {
  const { headers } = await fetch(latchkey.origin + path);
  expect(Object.fromEntries(headers)).toMatchObject({
    "cache-control": "no-store",
    "content-security-policy": expect.stringMatching(
      /^default-src 'none';.* frame-ancestors 'none'$/,
    ),
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
  });
});

test("an unknown address is a problem for scripts and a page for people", async ({
  latchkey,
  page,
}) => {
  const problem = await fetch(`${latchkey.origin}/nothing`);
  expect(problem.status).toBe(404);
  expect(problem.headers.get("content-type")).toBe("application/problem+json");
  expect(await problem.json()).toMatchObject({ status: 404, code: "not_found" });

  const shown = await page.goto("/nothing");
  expect(shown?.status()).toBe(404);
  expect(shown?.headers()["content-type"]).toMatch(/^text\/html/);
});

test.for<[method: string, path: string, allow: string]>([
  ["POST", "/", "GET, HEAD"],
  ["HEAD", "/auth/jira", "GET"],
  ["POST", "/auth/jira/callback", "GET"],
  ["GET", "/session", "DELETE"],
  ["PUT", "/connections/jira", "GET, DELETE, HEAD"],
])("%s %s is not a method of that address", async ([method, path, allow], { latchkey }) => {
  const headers = { "X-Latchkey": "1" };
  const answer = await fetch(latchkey.origin + path, { method, headers });
  expect(answer.status).toBe(405);
  expect(answer.headers.get("allow")).toBe(allow);
});
