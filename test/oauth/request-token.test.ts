import { afterEach, expect, test, vi } from "vitest";
import { exchangeCode, refreshToken } from "../../src/oauth/request-token.ts";
import { PROVIDER_IDS } from "../../src/providers/provider.ts";
import { defaultClients } from "../emulator/clients.ts";
import type { Fault } from "../emulator/fault.ts";
import { emulator, useFreshEmulator } from "../journeys/journey-emulator.ts";
import { emulatedClient } from "./emulated-client.ts";
import { EMULATOR_ORIGIN } from "../emulator-origin.ts";
import { holdTimeouts } from "./held-timeouts.ts";

useFreshEmulator();
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

const GRANT = { access_token: "access", refresh_token: "refresh", token_type: "Bearer" };
const answering = (fault: Fault) => emulator.fault({ endpoint: "token", ...fault });
const answeringJson = (status: number, body: unknown, headers: Record<string, string> = {}) =>
  answering({ status, body: JSON.stringify(body), headers });
const answerBegun = async () => {
  const status = async () => (await emulator.requests({ endpoint: "token" }))[0]?.status;
  await expect.poll(status).toEqual(expect.any(Number));
};
const sent = async () => {
  const [request, ...more] = await emulator.requests({ endpoint: "token" });
  expect(more).toStrictEqual([]);
  return request;
};

test("Bitbucket gets a form with HTTP Basic, and no credentials in the body", async () => {
  await exchangeCode(emulatedClient("bitbucket"), "a+code/=", "the-verifier");
  const request = await sent();
  const { id, secret } = defaultClients.bitbucket;
  expect(request).toMatchObject({ method: "POST", path: "/site/oauth2/access_token" });
  expect(request?.headers).toMatchObject({
    authorization: `Basic ${btoa(`${id}:${secret}`)}`,
    "content-type": expect.stringMatching(/^application\/x-www-form-urlencoded\b/),
  });
  expect(request?.body).toStrictEqual({
    grant_type: "authorization_code",
    code: "a+code/=",
    code_verifier: "the-verifier",
    redirect_uri: "https://auth.example.com/auth/bitbucket/callback",
  });
});

test("Atlassian gets a form with the credentials in it, and no Authorization", async () => {
  await exchangeCode(emulatedClient("jira"), "a+code/=", "the-verifier");
  const request = await sent();
  const { id, secret } = defaultClients.jira;
  expect(request).toMatchObject({ method: "POST", path: "/oauth/token" });
  expect(Object.keys(request?.headers ?? {})).not.toContain("authorization");
  expect(request?.body).toStrictEqual({
    client_id: id,
    client_secret: secret,
    grant_type: "authorization_code",
    code: "a+code/=",
    code_verifier: "the-verifier",
    redirect_uri: "https://auth.example.com/auth/jira/callback",
  });
});

test("a refresh sends the refresh token, in the body alone", async () => {
  await refreshToken(emulatedClient("bitbucket"), "CANARY+refresh/=");
  const request = await sent();
  expect(request?.body).toStrictEqual({
    grant_type: "refresh_token",
    refresh_token: "CANARY+refresh/=",
  });
  expect(request?.url).not.toContain("CANARY");
});

test("a granted answer is a grant", async () => {
  vi.useFakeTimers({ toFake: ["Date"] });
  await answeringJson(200, { ...GRANT, expires_in: "3600", scope: "a b" });
  expect(await refreshToken(emulatedClient("jira"), "old")).toStrictEqual({
    kind: "granted",
    requestedAt: Date.now(),
    grant: {
      accessToken: "access",
      refreshToken: "refresh",
      lifetimeSeconds: 3_600,
      scopes: ["a", "b"],
    },
  });
});

test("a grant is one under any content type", async () => {
  const headers = { "content-type": "text/html" };
  await answeringJson(200, GRANT, headers);
  expect(await refreshToken(emulatedClient("jira"), "old")).toMatchObject({ kind: "granted" });
});

test("a refusal tells its code, its text, and when to come back", async () => {
  const body = { error: "temporarily_unavailable", error_description: "Later." };
  await answeringJson(503, body, { "retry-after": "120" });
  expect(await refreshToken(emulatedClient("jira"), "old")).toStrictEqual({
    kind: "refused",
    refusal: { status: 503, error: "temporarily_unavailable", description: "Later." },
    retryAfterSeconds: 120,
  });
});

test.each<[what: string, status: number, body: string]>([
  ["HTML", 502, "<h1>Bad gateway</h1>"],
  ["nothing", 400, ""],
  ["an array", 400, '["invalid_grant"]'],
  ["a code that is no text", 400, '{"error":{"code":"invalid_grant"}}'],
  ["an API's error", 400, '{"type":"error","message":"no"}'],
  ["an unfinished object", 403, '{"error":"invalid_grant"'],
])("a refusal with %s has no code", async (_, status, body) => {
  await answering({ status, body });
  expect(await refreshToken(emulatedClient("bitbucket"), "old")).toMatchObject({
    kind: "refused",
    refusal: { status, error: undefined, description: "" },
  });
});

test.each<[what: string, body: string]>([
  ["nothing", ""],
  ["HTML", "<html>Sign in</html>"],
  ["an array", "[]"],
  ["null", "null"],
  ["no token", '{"token_type":"bearer","expires_in":3600}'],
  ["an empty token", '{"access_token":"","token_type":"bearer"}'],
  ["another token type", '{"access_token":"a","token_type":"mac"}'],
  ["an error", '{"error":"invalid_grant"}'],
  ["an unfinished object", '{"access_token":"a"'],
])("a 200 with %s is unclear: the old token may be spent", async (_, body) => {
  await answering({ status: 200, body });
  expect(await refreshToken(emulatedClient("jira"), "old")).toStrictEqual({
    kind: "unclear",
    cause: "no_token",
  });
});

test.each([201, 202, 204, 206])(
  "a %s is no grant, and the old token may be spent",
  async (status) => {
    await answeringJson(status, GRANT);
    expect(await refreshToken(emulatedClient("jira"), "old")).toMatchObject({ kind: "unclear" });
  },
);

for (const provider of PROVIDER_IDS) {
  test.each([301, 302, 303, 307, 308])(
    `no secret follows ${provider}'s redirect with a %s`,
    async (status) => {
      await answering({ status, redirect: `${EMULATOR_ORIGIN}/elsewhere` });
      const answer = await exchangeCode(emulatedClient(provider), "code", "verifier");
      expect(answer).toMatchObject({ kind: "refused", refusal: { status, error: undefined } });
      expect(await emulator.requests({ path: "/elsewhere" })).toStrictEqual([]);
    },
  );
}

test.each<[what: string, fault: Fault, cause: string]>([
  ["a connection reset", { reset: true }, "network"],
  ["an answer that breaks off", { truncate: "reset" }, "network"],
  ["an answer of more than 256 KiB", { hugeBytes: 300_000, status: 200 }, "too_large"],
  ["an endless error", { hugeBytes: 50_000_000, status: 500 }, "too_large"],
])("%s is unclear", async (_, fault, cause) => {
  await answering(fault);
  expect(await refreshToken(emulatedClient("jira"), "old")).toStrictEqual({
    kind: "unclear",
    cause,
  });
});

test("a token as large as an answer may be is a token", async () => {
  const longToken = "t".repeat(200_000);
  await answeringJson(200, { ...GRANT, access_token: longToken });
  expect(await refreshToken(emulatedClient("jira"), "old")).toMatchObject({
    grant: { accessToken: longToken },
  });
});

test.each<[what: string, fault: Fault]>([
  ["an endpoint that never answers", { hang: true }],
  ["an answer that drips", { status: 200, body: JSON.stringify(GRANT), dripMs: 10_000 }],
  ["an error that drips", { status: 500, body: "x".repeat(100), dripMs: 10_000 }],
])("%s has 15 seconds", async (_, fault) => {
  const timeouts = holdTimeouts();
  await answering(fault);
  const answer = refreshToken(emulatedClient("jira"), "old");
  await emulator.waitForRequests({ endpoint: "token" }, 1);
  if (fault.dripMs !== undefined) await answerBegun();
  timeouts.strike();
  expect(await answer).toStrictEqual({ kind: "unclear", cause: "timeout" });
  expect(timeouts.asked[0]).toBe(15);
});

test("an endpoint that is not there is unclear", async () => {
  const client = emulatedClient("jira", { authUrl: "http://127.0.0.1:1" });
  expect(await refreshToken(client, "old")).toStrictEqual({ kind: "unclear", cause: "network" });
});
