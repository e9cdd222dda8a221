// "This token is no longer good": one refresh, and the call once more.
import { expect, test } from "vitest";
import { accountOf } from "../emulator/accounts.ts";
import { REFRESHES } from "../emulator/token-requests.ts";
import { connectBoth } from "./connect-both.ts";
import { fetchWithBindings } from "./fetch-with-bindings.ts";
import { emulator, useFreshEmulator } from "./journey-emulator.ts";
import { openBrowser } from "./open-browser.ts";

useFreshEmulator();

const MIB = 1024 * 1024;
const { accountId: ALICE, sites } = accountOf("alice");
const SITE = sites[0]?.id ?? "";
const ISSUE = `/api/jira/${SITE}/rest/api/3/issue`;
const UPLOAD = "/api/bitbucket/2.0/repositories/a/b/downloads";
const PROFILES = [
  ["bitbucket", "/api/bitbucket/2.0/user", { account_id: ALICE }],
  ["jira", `/api/jira/${SITE}/rest/api/3/myself`, { accountId: ALICE }],
] as const;

/** Of the browser of this test: alarms of earlier ones may still try theirs. */
const refreshes = async () => (await emulator.requests({ ...REFRESHES, account: "alice" })).length;
const calls = async (path: string) => (await emulator.requests({ path })).length;

test.each(PROFILES)(
  "at %s a token that ended early costs one refresh and one replay",
  async (provider, path, profile) => {
    const browser = await connectBoth();
    await emulator.expireAccessTokens({ provider });
    const before = (await emulator.requests({ endpoint: "identity" })).length;
    const answer = await browser.call("GET", path);
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject(profile);
    expect(await refreshes()).toBe(1);
    const asked = (await emulator.requests({ endpoint: "identity" })).slice(before);
    expect(asked.map(({ status }) => status)).toEqual([401, 200]);
  },
);

test("fifty callers at once cost one refresh, and each gets its answer", async () => {
  const browser = await connectBoth();
  await emulator.expireAccessTokens({ provider: "bitbucket" });
  const paths = Array.from({ length: 50 }, (_, i) => `/2.0/repositories/a/number-${i}`);
  const answers = paths.map(async (path) => {
    const answer = await browser.call("GET", `/api/bitbucket${path}`);
    return (await answer.json<{ slug: string }>()).slug;
  });
  expect(await Promise.all(answers)).toEqual(paths.map((path) => path.split("/").at(-1)));
  expect(await refreshes()).toBe(1);
});

test("a body of up to 1 MiB is sent again as it was", async () => {
  const browser = await connectBoth();
  await emulator.expireAccessTokens({ provider: "bitbucket" });
  const answer = await browser.call("POST", UPLOAD, { body: "x".repeat(MIB) });
  expect(await answer.json()).toMatchObject({ size: MIB });
  const sent = await emulator.requests({ path: "downloads" });
  expect(sent.map(({ status, bodyBytes }) => [status, bodyBytes])).toEqual([
    [401, MIB],
    [201, MIB],
  ]);
});

test("a longer one is not: its 401 passes through, and nothing is refreshed", async () => {
  const browser = await connectBoth();
  await emulator.expireAccessTokens({ provider: "bitbucket" });
  const answer = await browser.call("POST", UPLOAD, { body: "x".repeat(MIB + 1) });
  expect(answer.status).toBe(401);
  expect(await answer.json()).toMatchObject({ type: "error" });
  expect(await refreshes()).toBe(0);
  expect(await calls("downloads")).toBe(1);
});

test("a Jira scope that is missing passes through with no refresh", async () => {
  const browser = await connectBoth();
  const body = JSON.stringify({ fields: { summary: "x" } });
  const headers = { "Content-Type": "application/json" };
  const answer = await browser.call("POST", ISSUE, { body, headers });
  expect(answer.status).toBe(401);
  const message = "Unauthorized; scope does not match";
  expect(await answer.json()).toEqual({ code: 401, message });
  expect(await refreshes()).toBe(0);
  expect(await calls("/issue")).toBe(1);
});

test("a Bitbucket scope that is missing is a 403, and passes through", async () => {
  await emulator.configure({ bitbucketScopes: ["account"] });
  const browser = await connectBoth();
  const answer = await browser.call("GET", "/api/bitbucket/2.0/repositories/a/b");
  expect(answer.status).toBe(403);
  expect(await answer.json()).toMatchObject({ error: { detail: { required: ["repository"] } } });
  expect(await refreshes()).toBe(0);
});

test("a path that takes no token costs one refresh a minute, and its 401 passes through", async () => {
  const browser = await connectBoth();
  const refusal = '{"type":"error","error":{"message":"not supported for this endpoint"}}';
  await emulator.fault({ path: "/odd", times: "always", status: 401, body: refusal });
  for (const _ of [1, 2, 3]) {
    const answer = await browser.call("GET", "/api/bitbucket/2.0/odd");
    expect(answer.status).toBe(401);
    expect(await answer.text()).toBe(refusal);
  }
  expect(await refreshes()).toBe(1);
  expect(await calls("/odd")).toBe(4);
});

test("a grant that died is told as that, with where to connect again", async () => {
  const browser = await connectBoth();
  await emulator.revokeGrants({ provider: "jira" });
  for (const _ of [1, 2]) {
    const answer = await browser.call("GET", `/api/jira/${SITE}/rest/api/3/myself`);
    expect(answer.status).toBe(401);
    expect(await answer.json()).toMatchObject({
      code: "reconnect_required",
      connect_url: "https://auth.example.com/auth/jira",
    });
  }
  expect(await refreshes()).toBe(1);
});

test("when the provider cannot refresh, the token that it refused is not tried again", async () => {
  const browser = await connectBoth();
  await emulator.expireAccessTokens({ provider: "bitbucket" });
  await emulator.fault({ endpoint: "token", times: "always", status: 503 });
  const answer = await browser.call("GET", "/api/bitbucket/2.0/repositories/a/b");
  expect(answer.status).toBe(401);
  expect(await calls("/repositories/a/b")).toBe(1);
});

test.each([
  ["never ends", { stall: true }],
  ["comes byte by byte", { dripMs: 1 }],
  ["is huge", { hugeBytes: 3_000_000 }],
])("a 401 that %s is judged by its start", async (_, how) => {
  const browser = await connectBoth();
  const path = "/repositories/a/b";
  const body = '{"type":"error","error":{"message":"Access token expired."}}';
  await emulator.fault({ path, status: 401, body, ...how });
  const answer = await browser.call("GET", `/api/bitbucket/2.0${path}`);
  expect(answer.status).toBe(200);
  expect(await refreshes()).toBe(1);
});

test("a compressed 401 is read, and passed on so that it can be read", async () => {
  const browser = await connectBoth();
  const message = "Unauthorized; scope does not match";
  const text = JSON.stringify({ code: 401, message, padding: "x".repeat(2_000) });
  const path = "/myself";
  await emulator.fault({ path, status: 401, body: text });
  const headers = { "Accept-Encoding": "gzip" };
  const answer = await browser.call("GET", `/api/jira/${SITE}/rest/api/3${path}`, { headers });
  expect(answer.status).toBe(401);
  expect(answer.headers.get("Content-Encoding")).toBe("gzip");
  expect(await answer.text()).toBe(text);
  expect(await refreshes()).toBe(0);
});

test("with the token endpoint closed the proxy stays open", async () => {
  const cookies = new Map<string, string>();
  const fetch = fetchWithBindings({ TOKEN_ENDPOINT: "off" });
  const browser = openBrowser({ cookies, fetch });
  await browser.connect("bitbucket");
  await emulator.expireAccessTokens({ provider: "bitbucket" });
  expect((await browser.call("GET", "/connections/bitbucket/token")).status).toBe(403);
  expect((await browser.call("GET", "/api/bitbucket/2.0/user")).status).toBe(200);
});
