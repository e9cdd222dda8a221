import { expect, test } from "vitest";
import { callApi, connectAccount, refresh } from "./connect-account.ts";
import { startEmulator } from "./start-emulator.ts";
import { useEmulator } from "./use-emulator.ts";

const given = useEmulator();

test("the log shows what arrived, byte for byte, and whose it was", async () => {
  const { emulator } = given;
  const pair = await connectAccount(emulator, "bitbucket", { emulator_account: "bob" });
  await refresh(emulator, "bitbucket", pair.refresh);
  await callApi(emulator.urls.BITBUCKET_API_URL, "/2.0/x%2Fy/%7e?a=1&a=2", pair.access);
  const [authorize, exchange, refreshed, api] = await emulator.control.requests();
  expect(authorize).toMatchObject({ endpoint: "authorize", account: "bob", status: 302 });
  const form = { grant_type: "authorization_code" };
  expect(exchange).toMatchObject({ endpoint: "token", body: form, grantType: form.grant_type });
  expect(refreshed).toMatchObject({ body: { refresh_token: pair.refresh }, account: "bob" });
  expect(api).toMatchObject({
    sequence: 4,
    provider: "bitbucket",
    endpoint: "api",
    method: "GET",
    path: "/2.0/x%2Fy/%7e",
    url: "/bitbucket-api/2.0/x%2Fy/%7e?a=1&a=2",
    query: { a: "1" },
    account: "bob",
    status: 404,
  });
});

test("paths outside the base URLs are logged too", async () => {
  const { emulator } = given;
  expect((await fetch(`${emulator.origin}/elsewhere`)).status).toBe(404);
  const [stray] = await emulator.control.requests({ endpoint: "other" });
  expect(stray).toMatchObject({ provider: null, path: "/elsewhere" });
});

test("waiting ends when the requests have arrived, answered or not", async () => {
  const { control, urls } = given.emulator;
  await control.fault({ endpoint: "sites", times: "always", hold: "gate" });
  const waiting = control.waitForRequests({ endpoint: "sites" }, 3);
  const sites = "/oauth/token/accessible-resources";
  const calls = [1, 2, 3].map(() => callApi(urls.ATLASSIAN_API_URL, sites, "x"));
  expect(await waiting).toMatchObject([{ status: null }, { status: null }, { status: null }]);
  await control.release("gate");
  expect((await Promise.all(calls)).map(({ status }) => status)).toEqual([401, 401, 401]);
});

test("waiting in vain says for what", async () => {
  const { control } = given.emulator;
  const waiting = control.waitForRequests({ provider: "jira" }, 2, { timeoutMs: 1 });
  await expect(waiting).rejects.toThrow('0 of 2 requests like {"provider":"jira"}');
});

test("an upload can be seen while it is still on its way", async () => {
  const { control, urls } = given.emulator;
  const { access } = await connectAccount(given.emulator, "bitbucket");
  const upload = new TransformStream<Uint8Array, Uint8Array>();
  const writer = upload.writable.getWriter();
  const answer = fetch(`${urls.BITBUCKET_API_URL}/2.0/repositories/w/r/downloads`, {
    method: "POST",
    headers: { authorization: `Bearer ${access}` },
    body: upload.readable,
    duplex: "half",
  } as RequestInit);
  await writer.write(new Uint8Array(1_000));
  const partial = { endpoint: "api", partial: true } as const;
  expect(await control.waitForRequests(partial, 1)).toMatchObject([{ complete: false }]);
  expect(await control.requests({ endpoint: "api" })).toEqual([]);
  await writer.write(new Uint8Array(2_000_000));
  await writer.close();
  expect(await (await answer).json()).toMatchObject({ size: 2_001_000 });
});

test("a client that gives up is noticed", async () => {
  const { control, urls } = given.emulator;
  await control.fault({ endpoint: "api", hang: true });
  const leaving = new AbortController();
  const call = fetch(`${urls.BITBUCKET_API_URL}/2.0/x`, { signal: leaving.signal });
  await control.waitForRequests({ endpoint: "api" }, 1);
  leaving.abort();
  await expect(call).rejects.toThrow("aborted");
  const [left] = await control.waitForRequests({ endpoint: "api", aborted: true }, 1);
  expect(left).toMatchObject({ aborted: true, status: null });
});

test("a taken port is the system's error, and closing waits for nobody", async () => {
  const { port } = given.emulator;
  await expect(startEmulator({ port })).rejects.toThrow("EADDRINUSE");
  const second = await startEmulator();
  await fetch(second.origin);
  await second.control.fault({ endpoint: "api", hang: true });
  const hanging = fetch(`${second.urls.BITBUCKET_API_URL}/2.0/x`);
  await second.control.waitForRequests({ endpoint: "api" }, 1);
  await Promise.all([second.close(), expect(hanging).rejects.toThrow("fetch failed")]);
});
