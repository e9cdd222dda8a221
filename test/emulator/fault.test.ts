import { expect, test } from "vitest";
import { callApi, connectAccount, pairOf, refresh } from "./connect-account.ts";
import { useEmulator } from "./use-emulator.ts";

const given = useEmulator();

function connect() {
  return connectAccount(given.emulator, "jira");
}

function sitesOf(access: string): Promise<Response> {
  const { ATLASSIAN_API_URL } = given.emulator.urls;
  return callApi(ATLASSIAN_API_URL, "/oauth/token/accessible-resources", access);
}

async function refreshes(): Promise<number | undefined> {
  return (await given.emulator.control.grants())[0]?.refreshes;
}

const refreshing = { endpoint: "token", grantType: "refresh_token" } as const;

test("a fault before the handler leaves the refresh token unspent", async () => {
  const pair = await connect();
  await given.emulator.control.fault({ ...refreshing, status: 503, body: '{"error":"x"}' });
  const answer = await refresh(given.emulator, "jira", pair.refresh);
  expect(answer).toEqual({ status: 503, fields: { error: "x" } });
  expect(await refreshes()).toBe(0);
});

test("a fault after the handler loses an answer that was paid for", async () => {
  const pair = await connect();
  await given.emulator.control.fault({ ...refreshing, phase: "after", reset: true });
  await expect(refresh(given.emulator, "jira", pair.refresh)).rejects.toThrow("fetch failed");
  expect(await refreshes()).toBe(1);
});

test("a fault strikes as often as it was told, where it fits", async () => {
  const { control } = given.emulator;
  const { access } = await connect();
  await control.fault({ endpoint: "sites", times: 2, status: 500 });
  await control.fault({ provider: "bitbucket", times: "always", status: 500 });
  const statuses: number[] = [];
  for (let i = 0; i < 3; i += 1) statuses.push((await sitesOf(access)).status);
  expect(statuses).toEqual([500, 500, 200]);
  await control.fault({ endpoint: "sites", times: "always", status: 502 });
  expect((await sitesOf(access)).status).toBe(502);
  await control.clearFaults();
  expect((await sitesOf(access)).status).toBe(200);
});

test("a held request waits for its release, before or after it is processed", async () => {
  const { control } = given.emulator;
  const pair = await connect();
  await control.fault({ ...refreshing, hold: "early" });
  const early = refresh(given.emulator, "jira", pair.refresh);
  await control.waitForRequests(refreshing, 1);
  expect(await refreshes()).toBe(0);
  expect(await control.release("early")).toBe(1);
  const second = pairOf(await early);
  await control.fault({ ...refreshing, phase: "after", hold: "late" });
  const late = refresh(given.emulator, "jira", second.refresh);
  await control.waitForRequests(refreshing, 2);
  expect(await refreshes()).toBe(2);
  await control.release("late");
  expect((await late).status).toBe(200);
  await expect(control.release("nobody")).rejects.toThrow("nothing holds by this name");
});

test("a released name holds nobody any more", async () => {
  const { control } = given.emulator;
  const { access } = await connect();
  await control.fault({ endpoint: "sites", hold: "gate", times: "always" });
  await control.release("gate");
  expect((await sitesOf(access)).status).toBe(200);
});

test("a hanging request ends with the client or with a reset", async () => {
  const { control } = given.emulator;
  const { access } = await connect();
  await control.fault({ endpoint: "sites", hang: true });
  const hanging = sitesOf(access);
  await control.waitForRequests({ endpoint: "sites" }, 1);
  await control.reset();
  await expect(hanging).rejects.toThrow("fetch failed");
  expect(await control.requests()).toEqual([]);
});

test("an answer can be cut short in two ways", async () => {
  const { control } = given.emulator;
  const { access } = await connect();
  await control.fault({ endpoint: "sites", truncate: "end" });
  const half = await (await sitesOf(access)).text();
  const whole = await (await sitesOf(access)).text();
  expect(half).toBe(whole.slice(0, Math.floor(whole.length / 2)));
  await control.fault({ endpoint: "sites", truncate: "reset" });
  await expect(sitesOf(access).then((response) => response.text())).rejects.toThrow("terminated");
});

test.each([302, 307, 308])("a token endpoint can redirect with %i", async (status) => {
  const pair = await connect();
  const redirect = "https://elsewhere.invalid/steal";
  await given.emulator.control.fault({ ...refreshing, redirect, status });
  const body = new URLSearchParams({ grant_type: "refresh_token", refresh_token: pair.refresh });
  const url = `${given.emulator.urls.ATLASSIAN_AUTH_URL}/oauth/token`;
  const response = await fetch(url, { method: "POST", body, redirect: "manual" });
  expect([response.status, response.headers.get("location")]).toEqual([status, redirect]);
});

test("a huge answer is still JSON to whoever reads all of it", async () => {
  const pair = await connect();
  const fault = { ...refreshing, phase: "after", hugeBytes: 3_000_000 } as const;
  await given.emulator.control.fault(fault);
  const { status, fields } = await refresh(given.emulator, "jira", pair.refresh);
  expect(status).toBe(200);
  expect(fields["padding"]).toHaveLength(3_000_000);
  expect(fields).toHaveProperty("access_token");
});

test("an answer can come to a halt half-way", async () => {
  const { control } = given.emulator;
  const { access } = await connect();
  await control.fault({ endpoint: "sites", status: 200, body: "whole", stall: true });
  const { body } = await sitesOf(access);
  const reader = body!.getReader();
  expect(new TextDecoder().decode((await reader.read()).value)).toBe("wh");
  const next = reader.read();
  await control.reset();
  await expect(next).rejects.toThrow("terminated");
});

test("a header can come twice", async () => {
  const { access } = await connect();
  await given.emulator.control.fault({ endpoint: "sites", headers: { "X-Odd": ["1", "2"] } });
  expect((await sitesOf(access)).headers.get("x-odd")).toBe("1, 2");
});

test("a dripping answer arrives whole", async () => {
  const { access } = await connect();
  await given.emulator.control.fault({ endpoint: "sites", dripMs: 1, status: 200, body: "[1,2]" });
  const response = await sitesOf(access);
  expect(await response.json()).toEqual([1, 2]);
});

test("headers alone leave the answer as it is", async () => {
  const { access } = await connect();
  await given.emulator.control.fault({ endpoint: "sites", headers: { "X-Odd": "1" } });
  const response = await sitesOf(access);
  expect([response.status, response.headers.get("x-odd")]).toEqual([200, "1"]);
});

test("a fault nobody knows is refused", async () => {
  const { control } = given.emulator;
  await expect(control.fault({ stauts: 500 } as never)).rejects.toThrow("stauts");
  await expect(control.fault({ provider: "atlassian" } as never)).rejects.toThrow("atlassian");
  await expect(control.configure({ consnt: "deny" } as never)).rejects.toThrow("consnt");
});
