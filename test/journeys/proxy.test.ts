import { expect, test } from "vitest";
import { accountOf } from "../emulator/accounts.ts";
import { advanceClock, useMovableClock } from "./clock.ts";
import { emulator, useFreshEmulator } from "./journey-emulator.ts";
import { connectBoth } from "./connect-both.ts";
import { countedBindings } from "./counted-bindings.ts";
import { fetchWithBindings } from "./fetch-with-bindings.ts";
import { kvRecordOf } from "./kv-copy.ts";
import { openBrowser } from "./open-browser.ts";

useFreshEmulator();
useMovableClock();

const { accountId, sites } = accountOf("alice");
const SITE = sites[0]?.id ?? "";
const MYSELF = `/api/jira/${SITE}/rest/api/3/myself`;
const REPOSITORY = "/api/bitbucket/2.0/repositories/a/b";

async function lastCall(path: string) {
  const request = (await emulator.requests({ path })).at(-1);
  if (!request) throw new Error(`nothing was sent to ${path}`);
  return request;
}

test("a front-end calls both providers without a token", async () => {
  const browser = await connectBoth();
  const user = await browser.call("GET", "/api/bitbucket/2.0/user");
  expect(await user.json()).toMatchObject({ account_id: accountId });
  const myself = await browser.call("GET", MYSELF);
  expect(await myself.json()).toMatchObject({ accountId });
});

test("a call costs one KV read and no object call", async () => {
  await advanceClock(0);
  const { bindings, counts } = countedBindings();
  const browser = openBrowser({ fetch: fetchWithBindings(bindings) });
  await browser.connect("jira");
  await kvRecordOf("jira");
  const before = { ...counts };
  expect((await browser.call("GET", MYSELF)).status).toBe(200);
  expect(counts.kvReads - before.kvReads).toBe(1);
  expect(counts.objectCalls - before.objectCalls).toBe(0);
});

test.each(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"])(
  "%s goes up as it came",
  async (method) => {
    const browser = await connectBoth();
    const body = ["GET", "HEAD"].includes(method) ? {} : { body: `a ${method}` };
    await browser.call(method, `${REPOSITORY}/x%2Fy/?q=%2e%2e%5c&r=a//b&r=%27`, body);
    const sent = await lastCall("/repositories/a/b/x");
    expect(sent).toMatchObject({
      method,
      path: "/2.0/repositories/a/b/x%2Fy/",
      bodyText: body.body ?? "",
    });
    expect(sent.url.endsWith("/2.0/repositories/a/b/x%2Fy/?q=%2e%2e%5c&r=a//b&r=%27")).toBe(true);
  },
);

test.each(["POST", "PUT", "PATCH", "DELETE"])("%s without a body has none", async (method) => {
  const browser = await connectBoth();
  await browser.call(method, `${REPOSITORY}/approve`);
  expect(await lastCall("/approve")).toMatchObject({ method, bodyBytes: 0 });
});

test.each(["PROPFIND", "QUERY", "LOCK"])("%s is no method of the proxy", async (method) => {
  const browser = await connectBoth();
  const answer = await browser.call(method, REPOSITORY);
  expect(answer.status).toBe(405);
  expect(answer.headers.get("Allow")).toBe("GET, POST, PUT, PATCH, DELETE, HEAD");
  expect(await emulator.requests({ path: "/repositories" })).toEqual([]);
});

test("only the listed headers go up, the token is ours, and nothing tells of the caller", async () => {
  const browser = await connectBoth();
  await browser.call("GET", MYSELF, {
    headers: {
      ...PASSED_UP,
      Authorization: "Basic a-caller-s-own",
      Cookie2: "x",
      Origin: "https://app.example.com",
      Referer: "https://app.example.com/page",
      Forwarded: "for=192.0.2.1",
      "X-Forwarded-For": "192.0.2.1",
      "X-Forwarded-Host": "evil.example",
      "X-HTTP-Method-Override": "DELETE",
      "X-Real-IP": "192.0.2.1",
      "User-Agent": "a caller's",
      X_Atlassian_Token: "no-check",
      If_Match: "x",
      "X-Anything": "else",
      "Proxy-Authorization": "x",
      TE: "trailers",
    },
  });
  const { headers } = await lastCall("/myself");
  // The platform names the Worker's own zone.
  const { host, authorization, "cf-worker": _zone, ...rest } = headers;
  expect(host).toMatch(/^127\.0\.0\.1:/);
  expect(authorization).toMatch(/^Bearer /);
  const passed = Object.entries(PASSED_UP).map(([name, value]) => [name.toLowerCase(), value]);
  expect(rest).toEqual({ ...Object.fromEntries(passed), ...ADDED });
});

/** The last two: the runtime's way to keep an answer out of caches on the way. */
const ADDED = { "user-agent": "Latchkey", "cache-control": "no-cache", pragma: "no-cache" };

const PASSED_UP = {
  Accept: "application/json",
  "Accept-Encoding": "gzip",
  "Accept-Language": "de",
  "Content-Language": "en",
  "Content-Type": "application/json",
  "If-Match": '"a"',
  "If-Modified-Since": "Sat, 21 Nov 2026 19:00:00 GMT",
  "If-None-Match": '"b"',
  "If-Range": '"c"',
  "If-Unmodified-Since": "Sat, 21 Nov 2026 19:00:00 GMT",
  Range: "bytes=0-1",
  "X-Atlassian-Token": "no-check",
  "X-ExperimentalApi": "opt-in",
};

test("what Connection names ends here, in both directions", async () => {
  const browser = await connectBoth();
  await emulator.fault({ path: "/myself", headers: { connection: "ETag, x", etag: '"a"' } });
  const headers = { Connection: "range, X-Atlassian-Token", ...PASSED_UP };
  const answer = await browser.call("GET", MYSELF, { headers });
  const sent = (await lastCall("/myself")).headers;
  expect(sent).not.toHaveProperty("range");
  expect(sent).not.toHaveProperty("x-atlassian-token");
  expect(sent).toHaveProperty("if-range");
  expect(answer.headers.has("ETag")).toBe(false);
});

test("conditional and partial requests work", async () => {
  const browser = await connectBoth();
  const file = `${REPOSITORY}/src/main/readme.html`;
  const whole = await browser.call("GET", file);
  const text = await whole.text();
  const etag = whole.headers.get("ETag") ?? "";
  expect(whole.headers.get("Accept-Ranges")).toBe("bytes");
  expect(whole.headers.get("Last-Modified")).toBe("Sat, 21 Nov 2026 19:00:00 GMT");
  const same = await browser.call("GET", file, { headers: { "If-None-Match": etag } });
  expect([same.status, await same.text()]).toEqual([304, ""]);
  const part = await browser.call("GET", file, { headers: { Range: "bytes=2-9" } });
  expect([part.status, await part.text()]).toEqual([206, text.slice(2, 10)]);
  expect(part.headers.get("Content-Range")).toBe(`bytes 2-9/${text.length}`);
  const beyond = await browser.call("GET", file, { headers: { Range: "bytes=99999-" } });
  expect(beyond.status).toBe(416);
});

const STATUSES = [
  200, 201, 202, 204, 301, 400, 403, 404, 405, 409, 410, 412, 413, 422, 429, 500, 502, 503,
];

test.each(STATUSES)("the status %i passes through", async (status) => {
  const browser = await connectBoth();
  const body = status === 204 ? "" : '{"errorMessages":["as it came"]}';
  await emulator.fault({ path: "/issue/EMU-1", status, body });
  const answer = await browser.call("GET", `/api/jira/${SITE}/rest/api/3/issue/EMU-1`);
  expect([answer.status, await answer.text()]).toEqual([status, body]);
  expect(await emulator.requests({ path: "/issue/EMU-1" })).toHaveLength(1);
});

test("rate limits come back in each provider's dialect", async () => {
  const browser = await connectBoth();
  await emulator.configure({ apiCallsPerHour: 0 });
  const bitbucket = await browser.call("GET", "/api/bitbucket/2.0/user");
  expect([bitbucket.status, await bitbucket.text()]).toEqual([
    429,
    "Rate limit for this resource has been exceeded",
  ]);
  expect(bitbucket.headers.get("X-RateLimit-Limit")).toBe("0");
  expect(bitbucket.headers.get("X-RateLimit-Remaining")).toBe("0");
  expect(bitbucket.headers.get("X-RateLimit-Resource")).toBe("api-repositories");
  expect(Number(bitbucket.headers.get("X-RateLimit-Reset"))).toBeGreaterThan(0);
  const jira = await browser.call("GET", MYSELF);
  expect(jira.status).toBe(429);
  expect(Number(jira.headers.get("Retry-After"))).toBeGreaterThan(0);
  expect(jira.headers.get("RateLimit-Reason")).toBe("jira-quota-based");
  expect(jira.headers.get("X-RateLimit-Reset")).toMatch(/^\d{4}-\d\d-\d\dT/);
});

test("a redirect inside the API stays in the proxy, and can be followed", async () => {
  const browser = await connectBoth();
  const redirect = await browser.call("GET", `${REPOSITORY}/pullrequests/7/diff`);
  expect(redirect.status).toBe(302);
  const location = redirect.headers.get("Location") ?? "";
  expect(location).toBe(`https://auth.example.com${REPOSITORY}/diff/pr-7?topic=true`);
  const { pathname, search } = new URL(location);
  const diff = await browser.call("GET", pathname + search);
  expect(await diff.text()).toContain("diff --git a/pr-7 b/pr-7");
});

test("a redirect elsewhere is passed on and not followed", async () => {
  const browser = await connectBoth();
  const download = await browser.call("GET", `${REPOSITORY}/downloads/x.zip`);
  expect(download.status).toBe(302);
  const signed =
    "https://downloads.emulated-s3.invalid/x.zip?Signature=emulated&Expires=4102444800";
  expect(download.headers.get("Location")).toBe(signed);
  expect(download.headers.has("Authorization")).toBe(false);
});

test("what was created is found in the proxy", async () => {
  const browser = openBrowser({ fetch: fetchWithBindings({ JIRA_SCOPES: "write:jira-work" }) });
  await browser.connect("jira");
  const issues = `/api/jira/${SITE}/rest/api/3/issue`;
  const answer = await browser.call("POST", issues, {
    body: JSON.stringify({ fields: { summary: "new" } }),
    headers: { "Content-Type": "application/json" },
  });
  const { id } = await answer.json<{ id: string }>();
  expect(answer.status).toBe(201);
  expect(answer.headers.get("Location")).toBe(`https://auth.example.com${issues}/${id}`);
});

test.each([
  ["breaks off", { reset: true }],
  ["is no HTTP", { headers: { "x-huge": "x".repeat(1_000_000) } }],
] as const)("an answer that %s is the provider's fault, and says so", async (_, fault) => {
  const browser = await connectBoth();
  await emulator.fault({ path: "/repositories/a/b", ...fault });
  const answer = await browser.call("GET", REPOSITORY);
  expect(answer.status).toBe(503);
  expect(await answer.json()).toMatchObject({ code: "provider_unavailable" });
  expect(Number(answer.headers.get("Retry-After"))).toBeGreaterThan(0);
});
