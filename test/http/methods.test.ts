import { expect, test } from "vitest";
import { API, callWorker, NAVIGATION, problemOf } from "./call-worker.ts";

const ROUTES: readonly (readonly [path: string, allow: string])[] = [
  ["/", "GET, HEAD"],
  ["/health", "GET, HEAD"],
  ["/assets/connections-page.css", "GET, HEAD"],
  ["/assets/connections-page.js", "GET, HEAD"],
  ["/client.js", "GET, HEAD"],
  ["/openapi.json", "GET, HEAD"],
  ["/auth/jira", "GET"],
  ["/auth/jira/callback", "GET"],
  ["/connections", "GET, HEAD"],
  ["/connections/jira", "GET, DELETE, HEAD"],
  ["/connections/jira/token", "GET, HEAD"],
  ["/connections/jira/refresh", "POST"],
  ["/session", "DELETE"],
  ["/api/jira/x/y", "GET, POST, PUT, PATCH, DELETE, HEAD"],
];
const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "PROPFIND", "QUERY"];

for (const [path, allow] of ROUTES) {
  const methods = allow.split(", ");
  test.each(METHODS.filter((method) => !methods.includes(method)))(
    `${path} takes ${allow} and no %s`,
    async (method) => {
      const response = await callWorker(path, { method, headers: API });
      expect(response.status).toBe(405);
      expect(response.headers.get("Allow")).toBe(allow);
    },
  );
}

test("an unknown method is a problem with a code", async () => {
  const response = await callWorker("/health", { method: "PUT" });
  expect(await problemOf(response)).toBe("405 method_not_allowed");
});

const UNKNOWN = [
  "/nothing",
  "/index.html",
  "/auth",
  "/auth/jira/callback/more",
  "/connections/jira/token/more",
  "/.env",
  "/.git/config",
  "/%2e%2e/%2e%2e/etc/passwd",
  "/assets/",
  "/assets/../health/x",
  "/%00",
  "/%zz",
  "/%E0%A4%A",
  "/__proto__",
  "/constructor",
  `/${"x".repeat(200)}`,
];

test.each(UNKNOWN)("%s is nothing", async (path) => {
  for (const method of ["GET", "POST", "DELETE"]) {
    const response = await callWorker(path, { method, headers: API });
    expect(await problemOf(response)).toBe("404 not_found");
  }
});

test("a HEAD has the headers of the GET and no body", async () => {
  for (const path of ["/", "/health", "/connections"]) {
    const [head, get] = await Promise.all([
      callWorker(path, { method: "HEAD", headers: API }),
      callWorker(path, { headers: API }),
    ]);
    expect(head.status).toBe(get.status);
    expect(head.headers.get("Content-Type")).toBe(get.headers.get("Content-Type"));
    expect(await head.text()).toBe("");
  }
});

test("health says that all is well, and nothing else", async () => {
  const response = await callWorker("/health", { headers: NAVIGATION });
  expect(await response.json()).toStrictEqual({ status: "ok" });
});
