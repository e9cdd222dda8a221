import { expect, test } from "vitest";
import { accountOf } from "./accounts.ts";
import { callApi, connectAccount } from "./connect-account.ts";
import { useEmulator } from "./use-emulator.ts";

const given = useEmulator();
const scopes = { scope: "read:jira-work write:jira-work read:jira-user offline_access" };

function atlassian(path: string, token: string): Promise<Response> {
  return callApi(given.emulator.urls.ATLASSIAN_API_URL, path, token);
}

function siteOf(login: string): string {
  return `/ex/jira/${accountOf(login).sites[0]?.id}/rest/api/3`;
}

test("Jira searches by token-paged JQL, and the old search is gone", async () => {
  const { access } = await connectAccount(given.emulator, "jira");
  const search = `${siteOf("alice")}/search/jql?jql=project%3DEMU&maxResults=5`;
  const first = (await (await atlassian(search, access)).json()) as Page;
  expect(first.issues).toHaveLength(5);
  const rest = await atlassian(`${search}&nextPageToken=${first.nextPageToken}`, access);
  expect(await rest.json()).toMatchObject({ isLast: true, issues: [{ key: "EMU-6" }, {}] });
  expect((await atlassian(`${siteOf("alice")}/search?jql=a`, access)).status).toBe(410);
  expect((await atlassian(`${siteOf("alice")}/search/jql`, access)).status).toBe(400);
});

test("an issue can be created and read", async () => {
  const { access } = await connectAccount(given.emulator, "jira", scopes);
  const base = given.emulator.urls.ATLASSIAN_API_URL + siteOf("alice");
  const headers = { authorization: `Bearer ${access}`, "content-type": "application/json" };
  const body = JSON.stringify({ fields: { summary: "New" } });
  const created = await fetch(`${base}/issue`, { method: "POST", headers, body });
  expect(created.status).toBe(201);
  const { key } = (await created.json()) as { key: string };
  const issue = await atlassian(`${siteOf("alice")}/issue/${key}`, access);
  expect(await issue.json()).toMatchObject({ key, fields: { summary: "New" } });
  expect((await atlassian(`${siteOf("alice")}/issue/EMU-99`, access)).status).toBe(404);
});

interface Page {
  readonly issues: unknown[];
  readonly nextPageToken?: string;
}
