import { expect, test } from "vitest";
import { connectAccount, exchangeCode, newCode, refresh } from "./connect-account.ts";
import { useEmulator } from "./use-emulator.ts";

const given = useEmulator();

test("Bitbucket answers with long tokens, the client's scopes and the grant type as state", async () => {
  const { fields } = await exchangeCode(
    given.emulator,
    "bitbucket",
    await newCode(given.emulator, "bitbucket", { scope: "ignored" }),
  );
  expect(fields).toMatchObject({
    token_type: "bearer",
    expires_in: 7200,
    state: "authorization_code",
    scope: "pullrequest repository account",
  });
  expect(String(fields["access_token"]).length).toBeGreaterThan(2_500);
});

test("Atlassian answers with the scopes that were asked for", async () => {
  const code = await newCode(given.emulator, "jira");
  expect((await exchangeCode(given.emulator, "jira", code)).fields).toMatchObject({
    token_type: "Bearer",
    expires_in: 3600,
    scope: "read:jira-work read:jira-user offline_access",
  });
});

test("Atlassian gives no refresh token without offline_access", async () => {
  const code = await newCode(given.emulator, "jira", { scope: "read:jira-work" });
  const { fields } = await exchangeCode(given.emulator, "jira", code);
  expect(fields).toHaveProperty("access_token");
  expect(fields).not.toHaveProperty("refresh_token");
});

test("every odd field can be had", async () => {
  const { control } = given.emulator;
  await control.configure({
    tokenTypeCase: "upper",
    scopeField: "scopes",
    accessTokenLength: 9_000,
    overrideTokenFields: { expires_in: "7200", refresh_token: "", state: null },
  });
  const { fields } = await exchangeCode(
    given.emulator,
    "bitbucket",
    await newCode(given.emulator, "bitbucket"),
  );
  const odd = { token_type: "BEARER", expires_in: "7200", refresh_token: "", state: null };
  expect(fields).toMatchObject(odd);
  expect(fields).toHaveProperty("scopes");
  expect(fields).not.toHaveProperty("scope");
  expect(fields["access_token"]).toHaveLength(9_000);
  await control.configure({ overrideTokenFields: {}, omitTokenFields: ["expires_in", "scope"] });
  const jira = await exchangeCode(given.emulator, "jira", await newCode(given.emulator, "jira"));
  expect(jira.fields).not.toHaveProperty("expires_in");
});

test("an answer without a refresh token leaves the one that was used", async () => {
  const pair = await connectAccount(given.emulator, "jira");
  await given.emulator.control.configure({ includeRefreshToken: false });
  const { fields } = await refresh(given.emulator, "jira", pair.refresh);
  expect(fields).not.toHaveProperty("refresh_token");
  await given.emulator.control.advanceClock(3_600);
  expect((await refresh(given.emulator, "jira", pair.refresh)).status).toBe(200);
});
