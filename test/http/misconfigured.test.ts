import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { emulator, useFreshEmulator } from "../journeys/journey-emulator.ts";
import { openBrowser } from "../journeys/open-browser.ts";
import { API, callWorker, NAVIGATION, problemOf } from "./call-worker.ts";
import { connectedBrowser, cookieHeader } from "./connected-browser.ts";
import { FAULTY_SETTINGS, SECRETS } from "./faulty-settings.ts";
import { untouchableBindings } from "./untouchable-bindings.ts";

useFreshEmulator();

let lines: string[] = [];
beforeEach(() => {
  lines = [];
  vi.spyOn(console, "error").mockImplementation((line: string) => void lines.push(line));
});
afterEach(() => void vi.restoreAllMocks());

const ROUTES: readonly (readonly [method: string, path: string])[] = [
  ["GET", "/"],
  ["HEAD", "/"],
  ["GET", "/assets/connections-page.css"],
  ["GET", "/assets/connections-page.js"],
  ["GET", "/health"],
  ["GET", "/auth/jira"],
  ["GET", "/auth/bitbucket/callback?code=x&state=y"],
  ["GET", "/connections"],
  ["GET", "/connections/jira"],
  ["DELETE", "/connections/jira"],
  ["GET", "/connections/jira/token"],
  ["POST", "/connections/jira/refresh"],
  ["DELETE", "/session"],
  ["OPTIONS", "/session"],
  ["GET", "/api/jira/x"],
  ["GET", "/nothing"],
];

test.each(FAULTY_SETTINGS)(
  "$what closes every route, and the answer does not say why",
  async ({ changes }) => {
    const { bindings, touched } = untouchableBindings();
    const answers = new Set<string>();
    for (const [method, url] of ROUTES) {
      const response = await callWorker(url, {
        method,
        headers: API,
        bindings: { ...bindings, ...changes },
      });
      expect(response.status).toBe(503);
      expect(response.headers.getSetCookie()).toStrictEqual([]);
      expect(response.headers.get("Location")).toBeNull();
      if (method !== "HEAD") answers.add(await response.text());
    }
    expect(touched).toStrictEqual([]);
    const [answer = "", ...more] = answers;
    expect(more).toStrictEqual([]);
    expect(JSON.parse(answer)).toStrictEqual({
      title: "Not set up yet",
      status: 503,
      code: "misconfigured",
      detail: expect.any(String),
    });
  },
);

test.each(FAULTY_SETTINGS)(
  "$what is named in the log, in one line of JSON",
  async ({ changes, names }) => {
    await callWorker("/", { bindings: changes });
    const [line = "", ...more] = lines;
    expect(more).toStrictEqual([]);
    expect(JSON.parse(line)).toStrictEqual({
      event: "misconfigured",
      problems: expect.stringMatching(new RegExp(`^${names}\\b`)),
    });
  },
);

const MANY = {
  SEALING_KEYS: "k1:CANARY-not-a-key",
  SESSION_DAYS: "CANARY days",
  BITBUCKET_CLIENT_ID: "",
  APP_ORIGINS: "https://CANARY.example/path",
  TOKENS: undefined,
};
const NAMES = ["SEALING_KEYS", "SESSION_DAYS", "BITBUCKET_CLIENT_ID", "APP_ORIGINS", "TOKENS"];

test("the log names every problem at once, and no value", async () => {
  await callWorker("/", { bindings: MANY });
  const told = lines.join("\n");
  for (const name of NAMES) expect(told).toContain(name);
  for (const secret of ["CANARY", ...SECRETS]) expect(told).not.toContain(secret);
});

test.each(["http://localhost:8787", "http://127.0.0.1", "https://latchkey.localhost"])(
  "at %s the answer names every problem too, and no value",
  async (PUBLIC_URL) => {
    for (const headers of [API, NAVIGATION]) {
      const response = await callWorker("/health", { headers, bindings: { ...MANY, PUBLIC_URL } });
      expect(response.status).toBe(503);
      const text = await response.text();
      for (const name of NAMES) expect(text).toContain(name);
      for (const secret of ["CANARY", ...SECRETS]) expect(text).not.toContain(secret);
    }
  },
);

test("a person gets a page that says it is not set up, and names nothing", async () => {
  const response = await callWorker("/", { headers: NAVIGATION, bindings: MANY });
  expect(response.status).toBe(503);
  const page = await response.text();
  expect(page).toContain("Not set up yet");
  for (const name of NAMES) expect(page).not.toContain(name);
});

test("what a request claims to be called does not open anything, nor show problems", async () => {
  const headers = { ...API, "X-Forwarded-Host": "localhost", Forwarded: "host=localhost" };
  const bindings = { SESSION_DAYS: "0" };
  const response = await callWorker("http://localhost:8787/health", { headers, bindings });
  expect(response.status).toBe(503);
  expect(await response.text()).not.toContain("SESSION_DAYS");
});

test("nobody is authenticated by a faulty configuration, and nothing is lost by it", async () => {
  const { browser, cookie } = await connectedBrowser();
  const headers = { ...API, Cookie: cookie };
  for (const { changes } of FAULTY_SETTINGS) {
    const response = await callWorker("/connections/jira/token", { headers, bindings: changes });
    expect(await problemOf(response)).toBe("503 misconfigured");
  }
  expect((await browser.call("GET", "/connections/jira/token")).status).toBe(200);
});

test("a callback under a faulty configuration uses up no flow", async () => {
  const browser = openBrowser();
  const callback = await browser.consent(await browser.start("jira"));
  const headers = { ...NAVIGATION, Cookie: cookieHeader(browser.cookies) };
  const response = await callWorker(callback, { headers, bindings: { SESSION_DAYS: "0" } });
  expect(response.status).toBe(503);
  expect(await emulator.requests({ endpoint: "token" })).toStrictEqual([]);
  const again = await browser.arrive(callback);
  expect(again.headers.get("Location")).toMatch(/outcome=connected/);
});
