import { reset, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { advanceClock, useMovableClock } from "../journeys/clock.ts";
import { emulator, useFreshEmulator } from "../journeys/journey-emulator.ts";
import { keeperOf, kvKeyOf, kvMetadataOf, kvPrototype, kvRecordOf } from "../journeys/kv-copy.ts";
import { openBrowser } from "../journeys/open-browser.ts";
import { readToken } from "../journeys/read-token.ts";
import { shortenDeadlines } from "./shorten-deadlines.ts";

useFreshEmulator();
useMovableClock();
beforeEach(() => reset());
afterEach(() => void vi.restoreAllMocks());

/** What the object of a KV key's owner knows of Jira. */
async function rowOf(key = ""): Promise<unknown> {
  const keeper = keeperOf(key);
  return runInDurableObject(keeper, (_, { storage }) => storage.kv.get("connection:jira"));
}

/** Makes a method of every KV binding fail until the mock is taken back. */
function failKv(method: "put" | "delete") {
  return vi.spyOn(kvPrototype, method).mockRejectedValue(new Error("KV is down"));
}

test("a connect does not fail because KV does, and the alarm publishes it later", async () => {
  const browser = openBrowser();
  const put = failKv("put");
  await browser.connect("jira");
  await expect.poll(() => put.mock.calls.length).toBeGreaterThan(0);
  await readToken(browser, "jira");
  const [key = ""] = put.mock.calls[0] ?? [];
  expect((await env.TOKENS.list()).keys).toEqual([]);

  vi.restoreAllMocks();
  const keeper = keeperOf(key);
  expect(await runDurableObjectAlarm(keeper)).toBe(true);
  expect(JSON.parse(await kvRecordOf("jira"))).toMatchObject({ version: 1 });
});

test("a put that KV takes late, after the record was deleted, does not stay", async () => {
  const browser = openBrowser();
  const put = vi.spyOn(kvPrototype, "put").mockReturnValueOnce(new Promise(() => undefined));
  await browser.connect("jira");
  await expect.poll(() => put.mock.calls.length).toBe(1);
  const [key = "", value = ""] = put.mock.calls[0] ?? [];
  const keeper = keeperOf(key);
  vi.restoreAllMocks();
  await browser.call("DELETE", "/connections/jira");

  // What was given up lands after all.
  await env.TOKENS.put(key, value as string);
  await advanceClock(61);
  await runDurableObjectAlarm(keeper);
  expect((await env.TOKENS.list()).keys).toEqual([]);
});

test("a put that lands after everything was erased does not stay either", async () => {
  const browser = openBrowser();
  await browser.connect("jira");
  const record = await kvRecordOf("jira");
  const key = await kvKeyOf("jira");
  const keeper = keeperOf(key);
  await browser.call("DELETE", "/session");
  await env.TOKENS.put(key, record);
  await advanceClock(61);
  await runDurableObjectAlarm(keeper);
  expect((await env.TOKENS.list()).keys).toEqual([]);
});

test("a commit made while a KV write fails is not delayed by that failure", async () => {
  const browser = openBrowser();
  let refuse: (reason: Error) => void = () => undefined;
  const refused = new Promise<never>((_, reject) => {
    refuse = reject;
  });
  const put = vi.spyOn(kvPrototype, "put").mockReturnValueOnce(refused);
  const erase = vi.spyOn(kvPrototype, "delete");
  await browser.connect("jira");
  await expect.poll(() => put.mock.calls.length).toBe(1);
  const disconnect = browser.call("DELETE", "/connections/jira");
  await expect.poll(() => rowOf(put.mock.calls[0]?.[0])).toMatchObject({ status: "disconnected" });
  refuse(new Error("KV is down"));
  await disconnect;
  expect(erase.mock.calls).toEqual([[put.mock.calls[0]?.[0]]]);
  expect((await env.TOKENS.list()).keys).toEqual([]);
});

test("a KV that never answers does not hold up an erasure: it counts as pending", async () => {
  const browser = openBrowser();
  await browser.connect("jira");
  await kvRecordOf("jira");
  vi.spyOn(kvPrototype, "delete").mockReturnValue(new Promise(() => undefined));
  shortenDeadlines();
  const answer = await browser.call("DELETE", "/session");
  expect(await answer.json()).toMatchObject({ object: "deleted", kv: "pending" });
});

test("what is found dead behind an answer is no longer read from KV", async () => {
  const browser = openBrowser();
  await browser.connect("jira");
  await kvRecordOf("jira");
  await emulator.invalidateRefreshTokens({ provider: "jira" });
  await advanceClock(3_600 - 200);
  await readToken(browser, "jira");
  await expect.poll(async () => (await env.TOKENS.list()).keys).toEqual([]);
  const refused = await browser.call("GET", "/connections/jira/token");
  expect(refused.status).toBe(401);
  expect(await refused.json()).toMatchObject({ code: "reconnect_required" });
});

test("listing writes nothing to KV when nothing new was learned", async () => {
  const browser = openBrowser();
  await browser.connect("jira", { account: "nosites-dora" });
  await kvRecordOf("jira");
  const put = vi.spyOn(kvPrototype, "put");
  for (const _ of [1, 2]) await browser.call("GET", "/connections");
  expect(put.mock.calls).toEqual([]);
});

test("a record that KV does not give up is told as pending, and the alarm repeats it", async () => {
  const browser = openBrowser();
  await browser.connect("jira");
  await kvRecordOf("jira");
  const keeper = keeperOf(await kvKeyOf("jira"));
  failKv("delete");
  const answer = await browser.call("DELETE", "/session");
  expect(await answer.json()).toMatchObject({ object: "deleted", kv: "pending" });

  vi.restoreAllMocks();
  await runDurableObjectAlarm(keeper);
  expect((await env.TOKENS.list()).keys).toEqual([]);
});

test("an erasure that is asked for again, because its answer got lost, says how it stands", async () => {
  const browser = openBrowser();
  await browser.connect("jira");
  await kvRecordOf("jira");
  const again = openBrowser({ cookies: new Map(browser.cookies) });
  failKv("delete");
  await browser.call("DELETE", "/session");
  const answer = await again.call("DELETE", "/session");
  expect(await answer.json()).toMatchObject({ object: "deleted", kv: "pending" });
});

test("the record tells operators its version, key id and times, and nobody else anything", async () => {
  const start = Date.now();
  const browser = openBrowser();
  await browser.connect("bitbucket");
  const text = await kvRecordOf("bitbucket");
  const { keys } = await env.TOKENS.list();
  expect(keys).toHaveLength(1);
  const { expiresAt } = JSON.parse(text) as { expiresAt: number };
  const { keySince, ...metadata } = await kvMetadataOf("bitbucket");
  expect(metadata).toEqual({ version: 1, keyId: "k1", expiresAt });
  expect(keySince).toBeGreaterThanOrEqual(start);
  expect(keySince).toBeLessThanOrEqual(Date.now());
  const days = ((keys[0]?.expiration ?? 0) * 1_000 - Date.now()) / 86_400_000;
  expect(days).toBeGreaterThan(31.9);
  expect(days).toBeLessThanOrEqual(32);

  const token = await readToken(browser, "bitbucket");
  expect(text).not.toContain(token);
  expect(text).not.toContain("emulated-");
});
