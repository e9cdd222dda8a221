import { expect, test } from "vitest";
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
