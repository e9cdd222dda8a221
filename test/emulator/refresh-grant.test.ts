import { expect, test } from "vitest";
import { callApi, connectAccount, pairOf, refresh } from "./connect-account.ts";
import type { Provider } from "./emulator-protocol.ts";
import { useEmulator } from "./use-emulator.ts";

const given = useEmulator();
const providers: Provider[] = ["bitbucket", "jira"];
const DAY_SECONDS = 86_400;
const refreshTokenInvalid = {
  status: 403,
  fields: { error: "unauthorized_client", error_description: "refresh_token is invalid" },
};
const looksLikeWrongClient = {
  status: 400,
  fields: { error: "unauthorized_client", error_description: "Invalid OAuth client credentials" },
};

const connect = (provider: Provider) => connectAccount(given.emulator, provider);
const spend = (provider: Provider, token: string) => refresh(given.emulator, provider, token);

test.each(providers)("every refresh at %s gives a new pair", async (provider) => {
  const first = await connect(provider);
  const second = pairOf(await spend(provider, first.refresh));
  const third = pairOf(await spend(provider, second.refresh));
  expect(new Set([first.refresh, second.refresh, third.refresh]).size).toBe(3);
  expect(new Set([first.access, second.access, third.access]).size).toBe(3);
  expect(await given.emulator.control.grants()).toMatchObject([
    { provider, account: "alice", refreshes: 2, alive: true },
  ]);
});

test.each(providers)("%s gives a further valid pair within the leeway", async (provider) => {
  const first = await connect(provider);
  const second = pairOf(await spend(provider, first.refresh));
  // Its clock never stands still.
  await given.emulator.control.advanceClock(590);
  const again = pairOf(await spend(provider, first.refresh));
  expect((await spend(provider, second.refresh)).status).toBe(200);
  expect((await spend(provider, again.refresh)).status).toBe(200);
});

test("reuse after the leeway kills the whole Atlassian family, and no other", async () => {
  const other = await connectAccount(given.emulator, "jira", { emulator_account: "bob" });
  const first = await connect("jira");
  const second = pairOf(await spend("jira", first.refresh));
  await given.emulator.control.advanceClock(601);
  expect(await spend("jira", first.refresh)).toEqual(refreshTokenInvalid);
  expect(await spend("jira", second.refresh)).toEqual(refreshTokenInvalid);
  const sites = "/oauth/token/accessible-resources";
  const base = given.emulator.urls.ATLASSIAN_API_URL;
  expect((await callApi(base, sites, second.access)).status).toBe(401);
  expect((await callApi(base, sites, other.access)).status).toBe(200);
  expect((await spend("jira", other.refresh)).status).toBe(200);
});

test("reuse after the leeway looks like wrong credentials at Bitbucket, and the family lives", async () => {
  const first = await connect("bitbucket");
  const second = pairOf(await spend("bitbucket", first.refresh));
  await given.emulator.control.advanceClock(601);
  expect(await spend("bitbucket", first.refresh)).toEqual(looksLikeWrongClient);
  expect(await spend("bitbucket", second.refresh)).toEqual(looksLikeWrongClient);
  await given.emulator.control.advanceClock(180);
  expect((await spend("bitbucket", second.refresh)).status).toBe(200);
});

test("a strict Bitbucket has no leeway", async () => {
  await given.emulator.control.configure({ bitbucketStrict: true, bitbucketConfusedSeconds: 0 });
  const first = await connect("bitbucket");
  const second = pairOf(await spend("bitbucket", first.refresh));
  expect(await spend("bitbucket", first.refresh)).toEqual(looksLikeWrongClient);
  expect((await spend("bitbucket", second.refresh)).status).toBe(200);
});

test.each(providers)("a refresh token of %s dies after 90 days without use", async (provider) => {
  const first = await connect(provider);
  await given.emulator.control.advanceClock(89 * DAY_SECONDS);
  const second = pairOf(await spend(provider, first.refresh));
  await given.emulator.control.advanceClock(89 * DAY_SECONDS);
  const third = pairOf(await spend(provider, second.refresh));
  await given.emulator.control.advanceClock(90 * DAY_SECONDS);
  expect(await spend(provider, third.refresh)).toEqual(refreshTokenInvalid);
});

test("an absolute end of a Jira grant can be switched on", async () => {
  await given.emulator.control.configure({ jiraAbsoluteDays: 100 });
  const first = await connect("jira");
  await given.emulator.control.advanceClock(60 * DAY_SECONDS);
  const second = pairOf(await spend("jira", first.refresh));
  await given.emulator.control.advanceClock(60 * DAY_SECONDS);
  expect(await spend("jira", second.refresh)).toEqual(refreshTokenInvalid);
});

test.each(providers)("the person can remove the app at %s", async (provider) => {
  const { control } = given.emulator;
  const pair = await connect(provider);
  const bob = await connectAccount(given.emulator, provider, { emulator_account: "bob" });
  expect(await control.revokeGrants({ account: "alice" })).toBe(1);
  expect(await spend(provider, pair.refresh)).toEqual(refreshTokenInvalid);
  expect(await control.whose(pair.access)).toMatchObject({ account: "alice", alive: false });
  expect(await control.whose(bob.access)).toMatchObject({ account: "bob", alive: true });
});

test.each(providers)("refresh tokens of %s can die alone", async (provider) => {
  const { control } = given.emulator;
  const pair = await connect(provider);
  await control.invalidateRefreshTokens({ provider });
  expect(await spend(provider, pair.refresh)).toEqual(refreshTokenInvalid);
  expect(await control.whose(pair.access)).toMatchObject({ provider, alive: true });
});

test("dead refresh tokens have every answer that was seen", async () => {
  const { control } = given.emulator;
  const [bitbucket, jira] = [await connect("bitbucket"), await connect("jira")];
  await control.invalidateRefreshTokens();
  const answers: unknown[] = [];
  for (const kind of ["invalid_request", "invalid_grant", "inactive"] as const) {
    await control.configure({ deadRefreshAnswer: { bitbucket: kind } });
    const { status, fields } = await spend("bitbucket", bitbucket.refresh);
    answers.push([status, fields["error"]]);
  }
  for (const kind of ["invalid_grant", "globally_revoked"] as const) {
    await control.configure({ deadRefreshAnswer: { jira: kind } });
    const { status, fields } = await spend("jira", jira.refresh);
    answers.push([status, fields["error_description"]]);
  }
  expect(answers).toEqual([
    [400, "invalid_request"],
    [400, "invalid_grant"],
    [403, "access_denied"],
    [403, "Unknown or invalid refresh token."],
    [403, "Token was globally revoked"],
  ]);
});

test("a hundred refreshes at once all get their own pair", async () => {
  const first = await connect("jira");
  const tries = Array.from({ length: 100 }, () => spend("jira", first.refresh));
  const pairs = (await Promise.all(tries)).map(pairOf);
  expect(new Set(pairs.map((pair) => pair.refresh)).size).toBe(100);
});

test("refreshes of one grant that are under way at once are counted, whatever became of them", async () => {
  const { control } = given.emulator;
  const first = await connect("jira");
  const second = pairOf(await spend("jira", first.refresh));
  await spend("jira", second.refresh);
  expect(await control.grants()).toMatchObject([{ refreshes: 2, mostAtOnce: 1 }]);

  await control.fault({ grantType: "refresh_token", times: 2, hold: "both" });
  const both = [spend("jira", first.refresh), spend("jira", second.refresh)];
  await control.waitForRequests({ grantType: "refresh_token" }, 4);
  await control.release("both");
  await Promise.all(both);
  await spend("jira", first.refresh);
  expect(await control.grants()).toMatchObject([{ refreshes: 5, mostAtOnce: 2 }]);
});
