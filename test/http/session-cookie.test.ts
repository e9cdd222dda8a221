import { beforeEach, expect, test } from "vitest";
import { emulator, useFreshEmulator } from "../journeys/journey-emulator.ts";
import { openBrowser } from "../journeys/open-browser.ts";
import { SEALING_KEY_2 } from "../worker-bindings.ts";
import { API, callWorker, problemOf } from "./call-worker.ts";
import { SESSION_COOKIE } from "./connected-browser.ts";
import { untouchableBindings } from "./untouchable-bindings.ts";

useFreshEmulator();

let box = "";
beforeEach(async () => {
  if (box !== "") return;
  const browser = openBrowser();
  await browser.connect("jira");
  box = browser.cookies.get(SESSION_COOKIE) ?? "";
});

const call = (path: string, cookie: string | undefined, bindings = {}, method = "GET") =>
  callWorker(path, {
    method,
    bindings,
    headers: { ...API, ...(cookie === undefined ? {} : { Cookie: cookie }) },
  });

test("a connect gives a session cookie with exactly these attributes", async () => {
  const browser = openBrowser();
  const callback = await browser.consent(await browser.start("bitbucket"));
  const response = await browser.arrive(callback);
  const lines = response.headers.getSetCookie().filter((line) => !line.includes("Max-Age=0"));
  expect(lines).toStrictEqual([
    expect.stringMatching(
      /^__Host-Http-latchkey=[\w-]{100,}; Max-Age=2592000; Path=\/; HttpOnly; Secure; SameSite=Strict$/,
    ),
  ]);
  expect(lines[0]?.length).toBeLessThan(4_096);
});

test("a session cookie lives as long as the configuration says", async () => {
  const browser = openBrowser();
  const callback = await browser.consent(await browser.start("bitbucket"));
  const response = await callWorker(callback, {
    headers: { Cookie: [...browser.cookies].map((pair) => pair.join("=")).join("; ") },
    bindings: { SESSION_DAYS: "400" },
  });
  expect(response.headers.getSetCookie().join("\n")).toContain("Max-Age=34560000;");
});

const bad = (what: string, cookie: (sealed: string) => string | undefined) => ({ what, cookie });

/** Everything that is no session. Nothing of it may get as far as KV or an object. */
const NO_SESSIONS = [
  bad("no cookie", () => undefined),
  bad("an empty cookie", () => `${SESSION_COOKIE}=`),
  bad("a made-up one", () => `${SESSION_COOKIE}=eyJvd25lciI6ImEifQ`),
  bad("one flipped byte", (sealed) => `${SESSION_COOKIE}=${flipped(sealed)}`),
  bad("a truncated one", (sealed) => `${SESSION_COOKIE}=${sealed.slice(0, -4)}`),
  bad("one with more at its end", (sealed) => `${SESSION_COOKIE}=${sealed}AAAA`),
  bad("one in quotes", (sealed) => `${SESSION_COOKIE}="${sealed}"`),
  bad("one in percent form", (sealed) => `${SESSION_COOKIE}=%${sealed}`),
  bad("the cookie twice", (sealed) => `${SESSION_COOKIE}=${sealed}; ${SESSION_COOKIE}=${sealed}`),
  bad("a planted one before it", (sealed) => `${SESSION_COOKIE}=x; ${SESSION_COOKIE}=${sealed}`),
  bad("a planted one after it", (sealed) => `${SESSION_COOKIE}=${sealed}; ${SESSION_COOKIE}=x`),
  bad("another name", (sealed) => `latchkey=${sealed}`),
  bad("a weaker prefix", (sealed) => `__Host-latchkey=${sealed}`),
  bad("another case", (sealed) => `__host-http-latchkey=${sealed}`),
  bad("a flow cookie's name", (sealed) => `${SESSION_COOKIE}-flow-${"A".repeat(22)}=${sealed}`),
];

function flipped(sealed: string): string {
  const at = sealed.length >> 1;
  return sealed.slice(0, at) + (sealed[at] === "A" ? "B" : "A") + sealed.slice(at + 1);
}

test.each(NO_SESSIONS)("$what is no session, and nothing is asked for it", async ({ cookie }) => {
  const { bindings, touched } = untouchableBindings();
  const sent = cookie(box);
  const list = await call("/connections", sent, bindings);
  expect(await list.json()).toMatchObject({
    connections: [{ status: "not_connected" }, { status: "not_connected" }],
  });
  const token = await call("/connections/jira/token", sent, bindings);
  expect(await problemOf(token)).toBe("401 not_connected");
  expect((await call("/connections/jira", sent, bindings, "DELETE")).status).toBe(200);
  expect((await call("/session", sent, bindings, "DELETE")).status).toBe(200);
  expect(touched).toStrictEqual([]);
});

test("the same cookie, untouched, is a session", async () => {
  const response = await call("/connections/jira/token", `other=1; ${SESSION_COOKIE}=${box}`);
  expect(response.status).toBe(200);
});

test("a session under a removed key is none, not an error", async () => {
  const { bindings, touched } = untouchableBindings();
  const removed = { ...bindings, SEALING_KEYS: `k2:${SEALING_KEY_2}` };
  const response = await call("/connections/jira/token", `${SESSION_COOKIE}=${box}`, removed);
  expect(await problemOf(response)).toBe("401 not_connected");
  expect(touched).toStrictEqual([]);
});

test("a session is read from the Cookie header alone", async () => {
  const { bindings } = untouchableBindings();
  const headers = { ...API, "X-Session": box, Authorization: `Bearer ${box}`, "Set-Cookie": box };
  const path = `/connections/jira/token?${SESSION_COOKIE}=${box}`;
  const response = await callWorker(path, { headers, bindings });
  expect(await problemOf(response)).toBe("401 not_connected");
});

test.each([
  ["GET", "/connections/bitbucket/token", undefined],
  ["POST", "/connections/bitbucket/refresh", JSON.stringify({ rejected: "A".repeat(43) })],
])("%s %s: not connected is the same with and without a session", async (method, path, body) => {
  const answerTo = async (headers: Record<string, string>) => {
    const response = await callWorker(path, {
      method,
      headers: { ...API, ...headers },
      ...(body === undefined ? {} : { body }),
    });
    return { status: response.status, headers: [...response.headers], body: await response.text() };
  };
  const without = await answerTo({});
  const within = await answerTo({ Cookie: `${SESSION_COOKIE}=${box}` });
  expect(without).toMatchObject({ status: 401, body: expect.stringContaining("not_connected") });
  expect(within).toStrictEqual(without);
});

test("a disconnect that has nothing to delete is the same with and without a session", async () => {
  const path = "/connections/bitbucket";
  const [without, within] = [
    await call(path, undefined, {}, "DELETE"),
    await call(path, `${SESSION_COOKIE}=${box}`, {}, "DELETE"),
  ];
  expect(await within.text()).toBe(await without.text());
});

test("reading without a session creates none, and calls no provider", async () => {
  await emulator.reset();
  for (const path of ["/connections", "/connections/jira", "/connections/jira/token"]) {
    const response = await call(path, undefined);
    expect(response.headers.getSetCookie()).toStrictEqual([]);
  }
  expect(await emulator.requests()).toStrictEqual([]);
});
