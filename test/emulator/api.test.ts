import { expect, test } from "vitest";
import { accountOf } from "./accounts.ts";
import { callApi, connectAccount } from "./connect-account.ts";
import { useEmulator } from "./use-emulator.ts";

const given = useEmulator();
const SITES = "/oauth/token/accessible-resources";

function bitbucket(path: string, token: string): Promise<Response> {
  return callApi(given.emulator.urls.BITBUCKET_API_URL, path, token);
}

function atlassian(path: string, token: string): Promise<Response> {
  return callApi(given.emulator.urls.ATLASSIAN_API_URL, path, token);
}

function siteOf(login: string): string {
  return `/ex/jira/${accountOf(login).sites[0]?.id}/rest/api/3`;
}

test("each access token answers for its own account", async () => {
  for (const login of ["alice", "bob", "zoë <x>"]) {
    const account = { emulator_account: login };
    const [bb, jira] = [
      await connectAccount(given.emulator, "bitbucket", account),
      await connectAccount(given.emulator, "jira", account),
    ];
    const { accountId, uuid } = accountOf(login);
    const user = await (await bitbucket("/2.0/user", bb.access)).json();
    expect(user).toMatchObject({ account_id: accountId, uuid });
    expect(user).not.toHaveProperty("email");
    const myself = await atlassian(`${siteOf(login)}/myself`, jira.access);
    expect(await myself.json()).toMatchObject({ accountId });
  }
});

test("a token of one provider is nothing to the other, and one site is not another's", async () => {
  const alice = await connectAccount(given.emulator, "jira");
  expect((await bitbucket("/2.0/user", alice.access)).status).toBe(401);
  expect((await atlassian(`${siteOf("bob")}/myself`, alice.access)).status).toBe(404);
});

test("site ids repeat, and an account may have none", async () => {
  const alice = await connectAccount(given.emulator, "jira", { emulator_sites: "acme,wiki" });
  const resources = await (await atlassian(SITES, alice.access)).json();
  const [acme, , wiki] = accountOf("alice").sites;
  expect(resources).toMatchObject([
    { id: acme?.id, scopes: ["read:confluence-space.summary"] },
    { id: acme?.id, scopes: ["read:jira-work", "read:jira-user"] },
    { id: wiki?.id, scopes: ["read:confluence-space.summary"] },
  ]);
  const nosites = await connectAccount(given.emulator, "jira", { emulator_account: "nosites" });
  expect(await (await atlassian(SITES, nosites.access)).json()).toEqual([]);
});

test("a new consent overrides the scopes and merges the sites of the one grant", async () => {
  const first = await connectAccount(given.emulator, "jira", { emulator_sites: "acme" });
  expect((await atlassian(`${siteOf("alice")}/myself`, first.access)).status).toBe(200);
  const narrower = { scope: "read:jira-work offline_access", emulator_sites: "globex" };
  await connectAccount(given.emulator, "jira", narrower);
  const resources = (await (await atlassian(SITES, first.access)).json()) as { name: string }[];
  expect(new Set(resources.map(({ name }) => name))).toEqual(new Set(["Acme", "Globex"]));
  expect((await atlassian(`${siteOf("alice")}/myself`, first.access)).status).toBe(401);
});

test("tokens go in the Authorization header and nowhere else", async () => {
  const { access } = await connectAccount(given.emulator, "bitbucket");
  const url = `${given.emulator.urls.BITBUCKET_API_URL}/2.0/user`;
  const inQuery = await fetch(`${url}?access_token=${encodeURIComponent(access)}`);
  expect(inQuery.status).toBe(401);
  const body = new URLSearchParams({ access_token: access });
  expect((await fetch(url, { method: "POST", body })).status).toBe(401);
});

test("an expired token gets the provider's 401", async () => {
  const { control } = given.emulator;
  const [bb, jira] = [
    await connectAccount(given.emulator, "bitbucket"),
    await connectAccount(given.emulator, "jira"),
  ];
  await control.advanceClock(3_600);
  expect((await bitbucket("/2.0/user", bb.access)).status).toBe(200);
  const refused = await atlassian(SITES, jira.access);
  expect([refused.status, await refused.json()]).toEqual([
    401,
    { code: 401, message: "Unauthorized" },
  ]);
  await control.configure({ jiraExpiredStatus: 404 });
  expect((await atlassian(`${siteOf("alice")}/myself`, jira.access)).status).toBe(404);
  expect(await control.expireAccessTokens({ provider: "bitbucket" })).toBe(1);
  const message = "Token is invalid, expired, or not supported for this endpoint.";
  const error = { type: "error", error: { message } };
  expect(await (await bitbucket("/2.0/user", bb.access)).json()).toEqual(error);
});

test("a missing scope is told apart from a bad token", async () => {
  await given.emulator.control.configure({ bitbucketScopes: ["repository"] });
  const bb = await connectAccount(given.emulator, "bitbucket");
  const forbidden = await bitbucket("/2.0/user", bb.access);
  expect(forbidden.status).toBe(403);
  const detail = { required: ["account"], granted: ["repository"] };
  expect(await forbidden.json()).toMatchObject({ error: { detail } });
  const jira = await connectAccount(given.emulator, "jira", { scope: "read:jira-work" });
  const mismatch = await atlassian(`${siteOf("alice")}/myself`, jira.access);
  const body = { code: 401, message: "Unauthorized; scope does not match" };
  expect([mismatch.status, await mismatch.json()]).toEqual([401, body]);
  expect((await atlassian("/me", jira.access)).status).toBe(401);
});

test("rate limits speak each provider's dialect", async () => {
  await given.emulator.control.configure({ apiCallsPerHour: 1 });
  const bb = await connectAccount(given.emulator, "bitbucket");
  const jira = await connectAccount(given.emulator, "jira");
  await Promise.all([bitbucket("/2.0/user", bb.access), atlassian(SITES, jira.access)]);
  const plain = await bitbucket("/2.0/user", bb.access);
  expect([plain.status, plain.headers.get("content-type")]).toEqual([
    429,
    "text/plain; charset=utf-8",
  ]);
  expect(Number(plain.headers.get("x-ratelimit-reset"))).toBeLessThanOrEqual(3_600);
  const dated = await atlassian(SITES, jira.access);
  expect(dated.status).toBe(429);
  expect(Number(dated.headers.get("retry-after"))).toBeGreaterThan(0);
  expect(dated.headers.get("x-ratelimit-reset")).toMatch(/^\d{4}-\d\d-\d\dT/);
  expect(dated.headers.get("ratelimit-reason")).toBe("jira-quota-based");
});

test("a thousand calls at once are no problem", async () => {
  const { access } = await connectAccount(given.emulator, "bitbucket");
  const calls = Array.from({ length: 1_000 }, () => bitbucket("/2.0/user", access));
  const statuses = new Set((await Promise.all(calls)).map(({ status }) => status));
  expect(statuses).toEqual(new Set([200]));
});
