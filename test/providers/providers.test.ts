import { expect, test } from "vitest";
import { isProviderId, PROVIDER_IDS } from "../../src/providers/provider.ts";
import { PROVIDERS } from "../../src/providers/providers.ts";

test("every provider is listed under its own id", () => {
  expect(Object.keys(PROVIDERS)).toStrictEqual([...PROVIDER_IDS]);
  for (const id of PROVIDER_IDS) expect(PROVIDERS[id].id).toBe(id);
});

test.each([
  "",
  "Jira",
  "jira ",
  "github",
  "__proto__",
  "constructor",
  "toString",
  "jira,bitbucket",
])("%j is no provider", (text) => {
  expect(isProviderId(text)).toBe(false);
});

test("the endpoints are where the providers have them", () => {
  const { bitbucket, jira } = PROVIDERS;
  expect([bitbucket.authorizePath, bitbucket.tokenPath]).toStrictEqual([
    "/site/oauth2/authorize",
    "/site/oauth2/access_token",
  ]);
  expect([jira.authorizePath, jira.tokenPath]).toStrictEqual(["/authorize", "/oauth/token"]);
});

test("a site id cannot change the path that asks for an account", () => {
  const path = PROVIDERS.jira.accountPath("a/../b?c#d%2f");
  expect(path).toBe("/ex/jira/a%2F..%2Fb%3Fc%23d%252f/rest/api/3/myself");
});

test("people manage their grants on the providers' own https pages", () => {
  for (const { manageUrl } of Object.values(PROVIDERS)) {
    expect(manageUrl).toMatch(/^https:\/\/(bitbucket\.org|id\.atlassian\.com)\//);
  }
});
