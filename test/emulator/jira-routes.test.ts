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

test("a search finds what a person has to do, with the fields that were asked for", async () => {
  const mine = "assignee = currentUser() AND statusCategory != Done ORDER BY updated DESC";
  const query = `jql=${encodeURIComponent(mine)}&fields=summary,status,updated,assignee`;
  const { access } = await connectAccount(given.emulator, "jira");
  const search = `${siteOf("alice")}/search/jql?${query}`;
  const { issues } = (await (await atlassian(search, access)).json()) as Page;
  expect(issues).toHaveLength(5);
  expect(issues[0]).toMatchObject({
    key: "EMU-1",
    fields: {
      summary: expect.any(String),
      status: { name: "In Progress", statusCategory: { key: "indeterminate" } },
      updated: expect.stringMatching(/\+0000$/),
      assignee: { accountId: accountOf("alice").accountId },
    },
  });
  const named = await atlassian(search.replace(/&fields=.*/, "&fields=status"), access);
  const [first] = ((await named.json()) as Page).issues as { fields: object }[];
  expect(Object.keys(first?.fields ?? {})).toEqual(["status"]);

  const idle = await connectAccount(given.emulator, "jira", { emulator_account: "idle" });
  const none = await atlassian(`${siteOf("idle")}/search/jql?${query}`, idle.access);
  expect(await none.json()).toEqual({ issues: [], isLast: true });
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

test("projects come by position", async () => {
  const { access } = await connectAccount(given.emulator, "jira");
  const place = `${siteOf("alice")}/project/search`;
  const first = (await (await atlassian(`${place}?maxResults=3`, access)).json()) as ProjectPage;
  expect(first).toMatchObject({ total: 5, isLast: false, values: [{ key: "EMU" }, {}, {}] });
  const next = first.nextPage?.slice(given.emulator.urls.ATLASSIAN_API_URL.length) ?? "";
  const second = await (await atlassian(next, access)).json();
  expect(second).toMatchObject({ startAt: 3, isLast: true, values: [{}, {}] });
  expect(second).not.toHaveProperty("nextPage");
});

test("files are attached by those who say that they are no forged form", async () => {
  const { access } = await connectAccount(given.emulator, "jira", scopes);
  const url = `${given.emulator.urls.ATLASSIAN_API_URL}${siteOf("alice")}/issue/EMU-1/attachments`;
  const body = new FormData();
  body.append("file", new Blob(["a note"], { type: "text/plain" }), "note.txt");
  const authorization = `Bearer ${access}`;
  const forged = await fetch(url, { method: "POST", headers: { authorization }, body });
  expect(forged.status).toBe(403);
  const headers = { authorization, "x-atlassian-token": "no-check" };
  const attached = await fetch(url, { method: "POST", headers, body });
  expect(await attached.json()).toMatchObject([
    { filename: "note.txt", mimeType: "text/plain", size: 6 },
  ]);
});

interface ProjectPage {
  readonly nextPage?: string;
}

interface Page {
  readonly issues: unknown[];
  readonly nextPageToken?: string;
}
