import { reset } from "cloudflare:test";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { emulator, useFreshEmulator } from "../journeys/journey-emulator.ts";
import { kvRecordOf } from "../journeys/kv-copy.ts";
import { openBrowser } from "../journeys/open-browser.ts";
import { API, callWorker, NAVIGATION, problemOf } from "./call-worker.ts";
import { connectedBrowser, cookieHeader } from "./connected-browser.ts";

useFreshEmulator();

const NOON = Date.UTC(2027, 0, 15, 12);
let lines: string[] = [];
beforeEach(() => {
  lines = [];
  for (const level of ["info", "log", "warn", "error"] as const) {
    vi.spyOn(console, level).mockImplementation((line: string) => void lines.push(line));
  }
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

class CanaryError extends Error {
  override readonly name = "CanaryError";
}

const fail = () => {
  throw new CanaryError("CANARY: token=secret at https://evil.example/?code=x");
};
const throwing = new Proxy({}, { get: () => fail });
const rejecting = new Proxy({}, { get: () => async () => fail() });
/** An object whose stub can be had; every call of it fails. */
const failingObject = { getByName: () => rejecting };
const emptyKv = { get: async () => null };

/** Every call that asks the object when KV has nothing. */
const CALLS: readonly (readonly [method: string, path: string, body?: string])[] = [
  ["GET", "/connections"],
  ["GET", "/connections/jira"],
  ["DELETE", "/connections/jira"],
  ["GET", "/connections/jira/token"],
  ["POST", "/connections/jira/refresh", JSON.stringify({ rejected: "A".repeat(43) })],
  ["DELETE", "/session"],
];

const FAILURES: readonly (readonly [what: string, bindings: Record<string, unknown>])[] = [
  ["the object throws", { TOKENS: emptyKv, TOKEN_KEEPER: failingObject }],
  ["the namespace throws", { TOKENS: emptyKv, TOKEN_KEEPER: throwing }],
  ["KV and the object throw", { TOKENS: rejecting, TOKEN_KEEPER: failingObject }],
  ["KV throws at once", { TOKENS: throwing, TOKEN_KEEPER: failingObject }],
];

for (const [method, path, body] of CALLS) {
  test.each(FAILURES)(
    `${method} ${path} while %s is a problem of ours, and nothing is lost`,
    async (_, bindings) => {
      const { browser, cookie } = await connectedBrowser();
      const init = { method, headers: { ...API, Cookie: cookie }, bindings };
      const response = await callWorker(path, body === undefined ? init : { ...init, body });
      const text = await response.clone().text();
      expect(await problemOf(response)).toBe("503 temporarily_unavailable");
      expect(text).not.toMatch(/CANARY|secret|\bat \/|\.ts\b|stack/);
      expect(response.headers.getSetCookie()).toStrictEqual([]);
      expect((await browser.call("GET", "/connections/jira/token")).status).toBe(200);
    },
  );
}

test("what fails is one line of JSON in the log, with the kind of the error and no more", async () => {
  const { cookie } = await connectedBrowser();
  lines = [];
  const headers = { ...API, Cookie: cookie };
  await callWorker("/connections", { headers, bindings: { TOKEN_KEEPER: failingObject } });
  expect(lines.map((line) => JSON.parse(line) as unknown)).toStrictEqual([
    { event: "unexpected_error", method: "GET", route: "/connections", error: "CanaryError" },
  ]);
});

test("a callback whose object fails is a failed attempt, and gives no session", async () => {
  const browser = openBrowser();
  const callback = await browser.consent(await browser.start("jira"));
  const headers = { ...NAVIGATION, Cookie: cookieHeader(browser.cookies) };
  for (const TOKEN_KEEPER of [failingObject, throwing]) {
    const response = await callWorker(callback, { headers, bindings: { TOKEN_KEEPER } });
    expect(response.status).toBe(303);
    const { searchParams } = new URL(response.headers.get("Location") ?? "");
    expect(Object.fromEntries(searchParams)).toStrictEqual({
      provider: "jira",
      outcome: "failed",
      reason: "provider_unavailable",
    });
    expect(response.headers.getSetCookie().join()).not.toMatch(/__Host-Http-latchkey=[^;]/);
  }
  expect(lines.join("\n")).not.toMatch(/CANARY|code=|state=/);
  expect(await emulator.requests({ endpoint: "token" })).toStrictEqual([]);
});

test.each(["/auth/jira", "/auth/jira/callback?code=x&state=y"])(
  "%s starts and ends nothing while the rate limit fails",
  async (path) => {
    for (const FLOW_LIMIT of [throwing, rejecting]) {
      const response = await callWorker(path, { bindings: { FLOW_LIMIT } });
      expect(await problemOf(response)).toBe("503 temporarily_unavailable");
      expect(response.headers.getSetCookie()).toStrictEqual([]);
      expect(response.headers.get("Location")).toBeNull();
    }
  },
);

test.each(["decrypt", "deriveKey", "digest", "encrypt"] as const)(
  "while crypto's %s fails nobody is authenticated, and nothing is lost",
  async (operation) => {
    const { browser, cookie } = await connectedBrowser();
    const spy = vi.spyOn(crypto.subtle, operation).mockImplementation(fail);
    for (const [method, path] of [...CALLS.slice(0, 2), ["GET", "/connections/jira/token"]]) {
      const response = await callWorker(path ?? "", {
        method: method ?? "",
        headers: { ...API, Cookie: cookie },
        bindings: { TOKENS: emptyKv, TOKEN_KEEPER: failingObject },
      });
      expect(await response.text()).not.toMatch(/access_token|"connected"|CANARY/);
    }
    spy.mockRestore();
    expect((await browser.call("GET", "/connections/jira/token")).status).toBe(200);
  },
);

test("an object that never answers authenticates nobody", async () => {
  const { cookie } = await connectedBrowser();
  const hanging = {
    getByName: () => new Proxy({}, { get: () => () => new Promise(() => undefined) }),
  };
  const settled = vi.fn<() => void>();
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  const headers = { ...API, Cookie: cookie };
  const bindings = { TOKENS: emptyKv, TOKEN_KEEPER: hanging };
  void callWorker("/connections/jira/token", { headers, bindings }).then(settled);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(settled).not.toHaveBeenCalled();
});

test("a refresh behind the answer that fails is not in the answer's way", async () => {
  // Otherwise KV holds what other tests connected.
  await reset();
  vi.useFakeTimers({ toFake: ["Date"] });
  vi.setSystemTime(NOON);
  const { cookie } = await connectedBrowser();
  await kvRecordOf("jira");
  vi.setSystemTime(NOON + 3_500_000);
  const headers = { ...API, Cookie: cookie };
  const bindings = { TOKEN_KEEPER: failingObject };
  const response = await callWorker("/connections/jira/token", { headers, bindings });
  expect(await response.json()).toMatchObject({ token_type: "Bearer", expires_in: 100 });
});
