import { beforeEach, expect, test } from "vitest";
import { emulator, useFreshEmulator } from "../journeys/journey-emulator.ts";
import type { Browser } from "../journeys/open-browser.ts";
import { API, callWorker, problemOf } from "./call-worker.ts";
import { connectedBrowser } from "./connected-browser.ts";
import { untouchableBindings } from "./untouchable-bindings.ts";

useFreshEmulator();

let scene: { browser: Browser; cookie: string } | undefined;
beforeEach(async () => {
  scene ??= await connectedBrowser();
  await emulator.reset();
});

const REFRESH = "/connections/jira/refresh";
const HASH = "A".repeat(43);

const BODIES: readonly (readonly [what: string, body: BodyInit | undefined])[] = [
  ["no body", undefined],
  ["an empty body", ""],
  ["half an object", '{"rejected":'],
  ["an object and more", `{"rejected":"${HASH}"}x`],
  ["null", "null"],
  ["a list", `[{"rejected":"${HASH}"}]`],
  ["a text", `"${HASH}"`],
  ["an empty object", "{}"],
  ["another field", `{"Rejected":"${HASH}"}`],
  ["a number", '{"rejected":1}'],
  ["a list of hashes", `{"rejected":["${HASH}"]}`],
  ["an empty hash", '{"rejected":""}'],
  ["a hash that is too short", `{"rejected":"${HASH.slice(1)}"}`],
  ["a hash that is too long", `{"rejected":"${HASH}A"}`],
  ["a padded hash", `{"rejected":"${HASH}="}`],
  ["a hash in another alphabet", `{"rejected":"${"+/".repeat(21)}A"}`],
  ["a hash in hex", `{"rejected":"${"0".repeat(64)}"}`],
  ["a hash with a line break", `{"rejected":"${HASH}\\n"}`],
  ["a form", `rejected=${HASH}`],
  ["bytes that are no text", Uint8Array.of(0xff, 0xfe, 0x00, 0x7b)],
  ["a deep nest", "[".repeat(1_000)],
  ["a body of more than a kilobyte", `{"rejected":"${HASH}","x":"${"x".repeat(1_000)}"}`],
  ["a body of a megabyte", "x".repeat(1_000_000)],
];

test.each(BODIES)("%s is no request to refresh, and asks nobody", async (_, body) => {
  const { bindings, touched } = untouchableBindings();
  const response = await callWorker(REFRESH, {
    method: "POST",
    headers: { ...API, Cookie: scene?.cookie ?? "" },
    bindings,
    ...(body === undefined ? {} : { body }),
  });
  expect(await problemOf(response)).toBe("400 invalid_request");
  expect(touched).toStrictEqual([]);
});

test("a body that never says how long it is may not be longer either", async () => {
  let sent = 0;
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      sent += 1;
      if (sent > 64) controller.close();
      else controller.enqueue(new Uint8Array(512));
    },
  });
  const headers = { ...API, Cookie: scene?.cookie ?? "" };
  const response = await callWorker(REFRESH, { method: "POST", headers, body });
  expect(await problemOf(response)).toBe("400 invalid_request");
  expect(sent).toBeLessThan(64);
});

const CALLS: readonly (readonly [method: string, path: string, problem: string])[] = [
  ["GET", "/connections/github", "404 unknown_provider"],
  ["GET", "/connections/JIRA/token", "404 unknown_provider"],
  ["POST", "/connections/__proto__/refresh", "404 unknown_provider"],
  ["DELETE", "/connections/constructor", "404 unknown_provider"],
  ["GET", "/connections/jira%00/token", "404 unknown_provider"],
  ["GET", "/connections/jira%2Ftoken", "404 unknown_provider"],
  ["GET", "/connections/%E0%A4/token", "404 unknown_provider"],
  ["GET", `/connections/${"j".repeat(200)}`, "404 unknown_provider"],
  ["GET", "/connections//token", "404 not_found"],
  ["GET", "/connections/jira/tokens", "404 not_found"],
];

test.each(CALLS)(
  "%s %s is a problem with a code, and asks nobody",
  async (method, path, problem) => {
    const { bindings, touched } = untouchableBindings();
    const headers = { ...API, Cookie: scene?.cookie ?? "" };
    expect(await problemOf(await callWorker(path, { method, headers, bindings }))).toBe(problem);
    expect(touched).toStrictEqual([]);
  },
);

const NO_JIRA = { ATLASSIAN_CLIENT_ID: "", ATLASSIAN_CLIENT_SECRET: "" };

test("a provider that is not configured is told as such, on every call that needs it", async () => {
  const { bindings, touched } = untouchableBindings();
  const call = (method: string, path: string) =>
    callWorker(path, {
      method,
      headers: { ...API, Cookie: scene?.cookie ?? "" },
      bindings: { ...bindings, ...NO_JIRA },
    });
  for (const [method, path] of [
    ["GET", "/connections/jira"],
    ["DELETE", "/connections/jira"],
    ["GET", "/connections/jira/token"],
    ["POST", REFRESH],
  ] as const) {
    expect(await problemOf(await call(method, path))).toBe("404 provider_not_configured");
  }
  expect(touched).toStrictEqual([]);
});

test("a list names a provider that is not configured as such", async () => {
  const response = await callWorker("/connections", { headers: API, bindings: NO_JIRA });
  expect(await response.json()).toMatchObject({
    connections: [
      { provider: "bitbucket", status: "not_connected" },
      { provider: "jira", status: "not_configured" },
    ],
  });
});

test("closed tokens are closed for both calls, with and without a session, before anything runs", async () => {
  const { bindings, touched } = untouchableBindings();
  const closed = { ...bindings, TOKEN_ENDPOINT: "off" };
  for (const Cookie of ["", scene?.cookie ?? ""]) {
    const headers = { ...API, Cookie };
    const get = await callWorker("/connections/jira/token", { headers, bindings: closed });
    expect(await problemOf(get)).toBe("403 token_endpoint_disabled");
    const body = JSON.stringify({ rejected: HASH });
    const post = await callWorker(REFRESH, { method: "POST", headers, body, bindings: closed });
    expect(await problemOf(post)).toBe("403 token_endpoint_disabled");
  }
  expect(touched).toStrictEqual([]);
});

test("after all of it the connection works, and no provider was called", async () => {
  expect(await emulator.requests()).toStrictEqual([]);
  const response = await scene?.browser.call("GET", "/connections/jira/token");
  expect(response?.status).toBe(200);
});
