import { expect, test } from "vitest";
import { accountOf } from "../emulator/accounts.ts";
import { useFreshEmulator } from "./journey-emulator.ts";
import { openBrowser } from "./open-browser.ts";

useFreshEmulator();

test("a front-end calls both providers without a token", async () => {
  const browser = openBrowser();
  await browser.connect("bitbucket");
  await browser.connect("jira");
  const { accountId, sites } = accountOf("alice");
  const user = await browser.call("GET", "/api/bitbucket/2.0/user");
  expect(await user.json()).toMatchObject({ account_id: accountId });
  const myself = await browser.call("GET", `/api/jira/${sites[0]?.id}/rest/api/3/myself`);
  expect(await myself.json()).toMatchObject({ accountId });
});
