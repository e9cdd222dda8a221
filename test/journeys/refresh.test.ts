import { expect, test } from "vitest";
import { advanceClock, useMovableClock } from "./clock.ts";
import { emulator, useFreshEmulator } from "./journey-emulator.ts";
import { openBrowser } from "./open-browser.ts";
import { readToken } from "./read-token.ts";
import { REFRESHES } from "../emulator/token-requests.ts";

useFreshEmulator();
useMovableClock();

test("1,000 callers at expiry share one refresh, and all get the new token", async () => {
  const browser = openBrowser();
  await browser.connect("jira");
  const before = await readToken(browser, "jira");
  await advanceClock(3_600);

  const tokens = await Promise.all(Array.from({ length: 1_000 }, () => readToken(browser, "jira")));
  expect(new Set(tokens).size).toBe(1);
  expect(tokens[0]).not.toBe(before);
  expect(await emulator.whose(tokens[0] ?? "")).toMatchObject({ alive: true });
  expect(await emulator.requests(REFRESHES)).toHaveLength(1);
});

test("50 owners with two connections each get their own tokens, one refresh for each", async () => {
  const owners = await Promise.all(
    Array.from({ length: 50 }, async (_, index) => {
      const [browser, account] = [openBrowser(), `owner-${index}`];
      for (const provider of ["bitbucket", "jira"]) await browser.connect(provider, { account });
      return { browser, account };
    }),
  );
  await advanceClock(7_200);

  const answers = owners.flatMap(({ browser, account }) =>
    ["bitbucket", "jira"].flatMap((provider) =>
      Array.from({ length: 3 }, async () => {
        const owner = await emulator.whose(await readToken(browser, provider));
        expect(owner).toMatchObject({ provider, account, alive: true });
      }),
    ),
  );
  await Promise.all(answers);
  expect(await emulator.requests(REFRESHES)).toHaveLength(100);
  expect((await emulator.grants()).map(({ refreshes }) => refreshes)).toEqual(
    Array.from({ length: 100 }, () => 1),
  );
});

test("a token that is about to end is handed out at once and refreshed behind the answer", async () => {
  const browser = openBrowser();
  await browser.connect("jira");
  const before = await readToken(browser, "jira");
  await advanceClock(3_600 - 200);

  expect(await readToken(browser, "jira")).toBe(before);
  await emulator.waitForRequests(REFRESHES, 1);
  await expect.poll(() => readToken(browser, "jira")).not.toBe(before);
  expect(await emulator.requests(REFRESHES)).toHaveLength(1);
});

test("the two providers don't wait for each other", async () => {
  const browser = openBrowser();
  await browser.connect("bitbucket");
  await browser.connect("jira");
  await advanceClock(7_200);
  await emulator.fault({ ...REFRESHES, provider: "bitbucket", hold: "slow" });

  const slow = readToken(browser, "bitbucket");
  await emulator.waitForRequests({ ...REFRESHES, provider: "bitbucket" }, 1);
  const quick = await readToken(browser, "jira");
  await emulator.release("slow");
  expect(await emulator.whose(quick)).toMatchObject({ provider: "jira" });
  expect(await emulator.whose(await slow)).toMatchObject({ provider: "bitbucket" });
});

test("a token issued for under two minutes is served for half its lifetime, then refreshed", async () => {
  await advanceClock(0);
  await emulator.configure({ accessTokenSeconds: 100 });
  const browser = openBrowser();
  await browser.connect("jira");
  const first = await readToken(browser, "jira");
  await advanceClock(49);
  expect(await readToken(browser, "jira")).toBe(first);
  await advanceClock(2);
  expect(await readToken(browser, "jira")).not.toBe(first);
  expect(await emulator.requests(REFRESHES)).toHaveLength(1);
});

test("an answer without a refresh token keeps the old one", async () => {
  const browser = openBrowser();
  await browser.connect("jira");
  await emulator.configure({ includeRefreshToken: false });
  await advanceClock(3_600);
  await readToken(browser, "jira");
  await advanceClock(3_600);
  const token = await readToken(browser, "jira");
  expect(await emulator.whose(token)).toMatchObject({ alive: true });
});

const ODD_FIELDS: readonly [string, Record<string, unknown>][] = [
  ["expires_in as a string", { expires_in: "3600" }],
  ["no number in expires_in", { expires_in: "soon" }],
  ["expires_in null", { expires_in: null }],
  ["expires_in zero", { expires_in: 0 }],
  ["expires_in negative", { expires_in: -5 }],
  ["expires_in absurd", { expires_in: 1e300 }],
  ["expires_in an object", { expires_in: {} }],
  ["refresh_token null", { refresh_token: null }],
  ["refresh_token empty", { refresh_token: "" }],
  ["refresh_token a number", { refresh_token: 7 }],
  ["scope null", { scope: null }],
  ["scope a list", { scope: ["read:jira-work"] }],
  ["scope empty", { scope: "" }],
  ["token_type null", { token_type: null }],
  ["token_type in capitals", { token_type: "BEARER" }],
  ["an id_token that is none", { id_token: "no.jwt" }],
  ["a state that is not ours", { state: "authorization_code" }],
  ["an error beside the token", { error: "invalid_grant" }],
];

test.each(ODD_FIELDS)("an odd token answer keeps the connection alive: %s", async (_, fields) => {
  const browser = openBrowser();
  await browser.connect("jira");
  await emulator.configure({ overrideTokenFields: fields });
  await advanceClock(3_600);
  const token = await readToken(browser, "jira");
  expect(await emulator.whose(token)).toMatchObject({ alive: true });

  await emulator.configure({ overrideTokenFields: {} });
  await advanceClock(300);
  const list = await browser.call("GET", "/connections/jira");
  expect(await list.json()).toMatchObject({
    status: "connected",
    scopes: ["read:jira-work", "read:jira-user", "offline_access"],
  });
});

const NO_TOKENS: readonly [string, Record<string, unknown>][] = [
  ["no access_token", { access_token: null }],
  ["an empty access_token", { access_token: "" }],
  ["control characters in the access_token", { access_token: "a\u0000b" }],
  ["another token_type", { token_type: "mac" }],
];

test.each(NO_TOKENS)("a 200 that is no grant changes nothing: %s", async (_, fields) => {
  const browser = openBrowser();
  await browser.connect("jira");
  await emulator.configure({ overrideTokenFields: fields });
  await advanceClock(3_600);
  const answer = await browser.call("GET", "/connections/jira/token");
  expect(answer.status).toBe(503);
  expect(await answer.json()).toMatchObject({ code: "provider_unavailable" });
  expect(Number(answer.headers.get("Retry-After"))).toBeGreaterThan(0);

  await emulator.configure({ overrideTokenFields: {} });
  await advanceClock(60);
  const token = await readToken(browser, "jira");
  expect(await emulator.whose(token)).toMatchObject({ alive: true });
});

test("a dead grant is told at once, and nothing more is sent to the provider", async () => {
  const browser = openBrowser();
  await browser.connect("jira");
  await emulator.revokeGrants({ provider: "jira" });
  await advanceClock(3_600);
  for (let call = 0; call < 3; call += 1) {
    // One after the other: the second must not find what the first left in flight.
    const answer = await browser.call("GET", "/connections/jira/token");
    expect(answer.status).toBe(401);
    expect(await answer.json()).toMatchObject({
      code: "reconnect_required",
      connect_url: "https://auth.example.com/auth/jira",
    });
  }
  expect(await emulator.requests(REFRESHES)).toHaveLength(1);
  const list = await browser.call("GET", "/connections/jira");
  expect(await list.json()).toMatchObject({
    status: "reconnect_required",
    reason: "grant_expired_or_revoked",
  });

  await browser.connect("jira");
  await readToken(browser, "jira");
});

test("while the provider is down an unexpired token is served to its last second", async () => {
  const browser = openBrowser();
  await browser.connect("jira");
  const before = await readToken(browser, "jira");
  await emulator.fault({ ...REFRESHES, times: "always", status: 503, body: "<h1>Oops</h1>" });
  await advanceClock(3_590);
  const answer = await browser.call("GET", "/connections/jira/token");
  const body = await answer.json<{ access_token: string; expires_in: number }>();
  expect(body.access_token).toBe(before);
  expect(body.expires_in).toBeLessThanOrEqual(10);

  await advanceClock(20);
  const refused = await browser.call("GET", "/connections/jira/token");
  expect(refused.status).toBe(503);
  expect(await refused.json()).toMatchObject({ code: "provider_unavailable" });
  const list = await browser.call("GET", "/connections/jira");
  expect(await list.json()).toMatchObject({ status: "connected" });
});

test("callers during an outage don't reach the provider more often than the back-off allows", async () => {
  const browser = openBrowser();
  await browser.connect("jira");
  await emulator.fault({
    ...REFRESHES,
    times: "always",
    status: 429,
    headers: { "Retry-After": "120" },
  });
  await advanceClock(3_600);
  const answers = await Promise.all(
    Array.from({ length: 20 }, () => browser.call("GET", "/connections/jira/token")),
  );
  for (const answer of answers) {
    expect(answer.status).toBe(503);
    expect(Number(answer.headers.get("Retry-After"))).toBeGreaterThan(110);
  }
  expect(await emulator.requests(REFRESHES)).toHaveLength(1);
  await emulator.clearFaults();
  await advanceClock(121);
  await readToken(browser, "jira");
});

test("the deployment's wrong credentials are told as such, and the connection is kept", async () => {
  const browser = openBrowser();
  await browser.connect("jira");
  await emulator.fault({
    ...REFRESHES,
    status: 401,
    body: '{"error":"access_denied","error_description":"Unauthorized"}',
  });
  await advanceClock(3_600);
  const answer = await browser.call("GET", "/connections/jira/token");
  expect(answer.status).toBe(502);
  expect(await answer.json()).toMatchObject({ code: "provider_misconfigured" });
  await advanceClock(60);
  await readToken(browser, "jira");
});

test("Bitbucket's answer for a spent token, which looks like wrong credentials, kills nothing", async () => {
  await emulator.configure({ bitbucketStrict: true, bitbucketConfusedSeconds: 0 });
  const browser = openBrowser();
  await browser.connect("bitbucket");
  await emulator.fault({
    ...REFRESHES,
    status: 400,
    body: '{"error":"unauthorized_client","error_description":"Invalid OAuth client credentials"}',
  });
  await advanceClock(7_200);
  const answer = await browser.call("GET", "/connections/bitbucket/token");
  expect(await answer.json()).toMatchObject({ code: "provider_unavailable" });
  await advanceClock(180);
  await readToken(browser, "bitbucket");
});

test("a connection without a refresh token lives as long as its access token", async () => {
  await emulator.configure({ includeRefreshToken: false });
  const browser = openBrowser();
  await browser.connect("jira");
  const token = await readToken(browser, "jira");
  await advanceClock(3_590);
  expect(await readToken(browser, "jira")).toBe(token);
  await advanceClock(20);
  const shown = await browser.call("GET", "/connections/jira");
  expect(await shown.json()).toMatchObject({ status: "reconnect_required" });
  const answer = await browser.call("GET", "/connections/jira/token");
  expect(await answer.json()).toMatchObject({ code: "reconnect_required" });
  expect(await emulator.requests(REFRESHES)).toEqual([]);
});
