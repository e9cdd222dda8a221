import { expect, test } from "vitest";
import { accountOf } from "./accounts.ts";
import { callApi, connectAccount } from "./connect-account.ts";
import { useEmulator } from "./use-emulator.ts";

const given = useEmulator();

function bitbucket(path: string, token: string): Promise<Response> {
  return callApi(given.emulator.urls.BITBUCKET_API_URL, path, token);
}

test("workspaces come in pages", async () => {
  const { access } = await connectAccount(given.emulator, "bitbucket");
  const first = (await (await bitbucket("/2.0/user/workspaces", access)).json()) as Page;
  expect(first.values).toHaveLength(10);
  const next = (first.next ?? "").slice(given.emulator.urls.BITBUCKET_API_URL.length);
  const second = (await (await bitbucket(next, access)).json()) as Page;
  expect(second.values).toHaveLength(2);
  expect(second).not.toHaveProperty("next");
});

test("a person's pull requests are found by either id, with their state and links", async () => {
  const { access } = await connectAccount(given.emulator, "bitbucket");
  const { accountId, uuid } = accountOf("alice");
  const place = "/2.0/workspaces/alice-workspace-1/pullrequests";
  for (const id of [accountId, uuid, encodeURIComponent(uuid)]) {
    const { values } = (await (await bitbucket(`${place}/${id}`, access)).json()) as Page;
    expect(values).toHaveLength(2);
    expect(values[0]).toMatchObject({
      id: 1,
      state: "OPEN",
      author: { account_id: accountId, uuid },
      source: { branch: { name: "change/1" } },
      destination: { branch: { name: "main" } },
      updated_on: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
      links: { html: { href: expect.stringMatching(/^https:.*\/pull-requests\/1$/) } },
    });
  }
  const merged = await bitbucket(`${place}/${accountId}?state=MERGED`, access);
  expect(await merged.json()).toMatchObject({ size: 1, values: [{ id: 3, state: "MERGED" }] });
  const elsewhere = place.replace("workspace-1", "workspace-9");
  expect(await (await bitbucket(`${elsewhere}/${uuid}`, access)).json()).toMatchObject({ size: 0 });
  expect((await bitbucket(`${place}/${accountOf("bob").uuid}`, access)).status).toBe(404);
});

test("many pull requests come in pages of at most 50, and no more are asked for by default", async () => {
  const account = { emulator_account: "busy" };
  const { access } = await connectAccount(given.emulator, "bitbucket", account);
  const { accountId } = accountOf("busy");
  const all = `/2.0/workspaces/busy-workspace-1/pullrequests/${accountId}?state=OPEN`;
  expect(((await (await bitbucket(all, access)).json()) as Page).values).toHaveLength(10);
  const first = (await (await bitbucket(`${all}&pagelen=100`, access)).json()) as Page;
  expect(first.values).toHaveLength(50);
  const next = (first.next ?? "").slice(given.emulator.urls.BITBUCKET_API_URL.length);
  const second = (await (await bitbucket(next, access)).json()) as Page;
  expect(second.values).toHaveLength(11);
  expect(second).not.toHaveProperty("next");
});

test.for([
  ["repositories", "/2.0/repositories/alice-workspace-1", 23],
  ["branches", "/2.0/repositories/alice-workspace-1/website/refs/branches", 12],
] as const)("%s come in pages of ten", async ([, path, count]) => {
  const { access } = await connectAccount(given.emulator, "bitbucket");
  const seen: unknown[] = [];
  for (let next: string | undefined = path; next !== undefined;) {
    const page = (await (await bitbucket(next, access)).json()) as Page;
    expect(page.values.length).toBeLessThanOrEqual(10);
    seen.push(...page.values);
    next = page.next?.slice(given.emulator.urls.BITBUCKET_API_URL.length);
  }
  expect(new Set(seen.map((value) => JSON.stringify(value))).size).toBe(count);
});

test("a repository's pull requests are those that go there", async () => {
  const { access } = await connectAccount(given.emulator, "bitbucket");
  const place = "/2.0/repositories/alice-workspace-1";
  const open = await bitbucket(`${place}/website/pullrequests`, access);
  expect(await open.json()).toMatchObject({ size: 2, values: [{ id: 1 }, { id: 2 }] });
  const merged = await bitbucket(`${place}/website/pullrequests?state=MERGED`, access);
  expect(await merged.json()).toMatchObject({ size: 1, values: [{ id: 3 }] });
  const elsewhere = await bitbucket(`${place}/repository-2/pullrequests`, access);
  expect(await elsewhere.json()).toMatchObject({ size: 0 });
});

test("an approval is given and taken back, with the scope for it", async () => {
  const url = `${given.emulator.urls.BITBUCKET_API_URL}/2.0/repositories/w/r/pullrequests/1/approve`;
  const reader = await connectAccount(given.emulator, "bitbucket");
  const refused = { method: "POST", headers: { authorization: `Bearer ${reader.access}` } };
  expect((await fetch(url, refused)).status).toBe(403);
  await given.emulator.control.configure({ bitbucketScopes: ["account", "pullrequest:write"] });
  const writer = await connectAccount(given.emulator, "bitbucket");
  const headers = { authorization: `Bearer ${writer.access}` };
  const approved = await fetch(url, { method: "POST", headers });
  expect(await approved.json()).toMatchObject({ type: "participant", approved: true });
  const withdrawn = await fetch(url, { method: "DELETE", headers });
  expect([withdrawn.status, withdrawn.headers.get("content-type")]).toEqual([204, null]);
});

test("Bitbucket redirects within its API and to signed URLs elsewhere", async () => {
  const { access } = await connectAccount(given.emulator, "bitbucket");
  const pr = await bitbucket("/2.0/repositories/w/r/pullrequests/7/diff", access);
  expect(pr.status).toBe(302);
  const inside = pr.headers.get("location") ?? "";
  expect(inside.startsWith(given.emulator.urls.BITBUCKET_API_URL)).toBe(true);
  const file = await bitbucket("/2.0/repositories/w/r/downloads/a.zip", access);
  expect(file.headers.get("location")).toMatch(/^https:\/\/.*Signature=/);
});

test("files have validators and ranges, and branch names may hold a slash", async () => {
  const { access } = await connectAccount(given.emulator, "bitbucket");
  const url = `${given.emulator.urls.BITBUCKET_API_URL}/2.0/repositories/w/r/src/main/a.html`;
  const authorization = `Bearer ${access}`;
  const whole = await fetch(url, { headers: { authorization } });
  const etag = whole.headers.get("etag") ?? "";
  const text = await whole.text();
  const part = await fetch(url, { headers: { authorization, range: "bytes=2-5" } });
  expect([part.status, await part.text()]).toEqual([206, text.slice(2, 6)]);
  const same = await fetch(url, { headers: { authorization, "if-none-match": etag } });
  expect(same.status).toBe(304);
  const branch = await bitbucket("/2.0/repositories/w/r/refs/branches/feat%2Fone", access);
  expect(await branch.json()).toMatchObject({ name: "feat/one" });
});

interface Page {
  readonly values: unknown[];
  readonly next?: string;
}
