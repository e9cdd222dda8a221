import { expect } from "vitest";
import { test as base } from "./client-test.ts";

const test = base.override("vars", { scope: "file" }, ({ frontEnd }) => ({
  APP_ORIGINS: frontEnd.origin,
  TOKEN_ENDPOINT: "off",
  ATLASSIAN_CLIENT_ID: "",
  ATLASSIAN_CLIENT_SECRET: "",
}));

test("what a deployment does not offer is told as such", async ({ app }) => {
  const errors = await app.evaluate(() =>
    Promise.all([
      attempt(() => latchkey.token("bitbucket")),
      attempt(() => latchkey.token("bitbucket", { rejected: "some token" })),
      attempt(() => latchkey.disconnect("jira")),
      attempt(() => latchkey.fetch("jira", "/rest/api/3/myself")),
    ]),
  );
  expect(errors).toMatchObject([
    { code: "token_endpoint_disabled", status: 403 },
    { code: "token_endpoint_disabled", status: 403 },
    { code: "provider_not_configured", status: 404 },
    { code: "provider_not_configured" },
  ]);
  const [bitbucket, jira] = await app.evaluate(() => latchkey.connections());
  expect(bitbucket).toMatchObject({ provider: "bitbucket", status: "not_connected" });
  expect(jira).toEqual({
    provider: "jira",
    status: "not_configured",
    manageUrl: expect.stringMatching(/^https:/),
  });
});
