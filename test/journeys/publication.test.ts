import { reset, runDurableObjectAlarm } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { useFreshEmulator } from "./journey-emulator.ts";
import { kvKeyOf, kvRecordOf } from "./kv-copy.ts";
import { openBrowser } from "./open-browser.ts";
import { readToken } from "./read-token.ts";

useFreshEmulator();
beforeEach(() => reset());
afterEach(() => void vi.restoreAllMocks());

/** Makes a method of every KV binding fail until the mock is taken back. */
function failKv(method: "put" | "delete") {
  const prototype = Object.getPrototypeOf(env.TOKENS) as KVNamespace;
  return vi.spyOn(prototype, method).mockRejectedValue(new Error("KV is down"));
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
  const [, owner = ""] = key.split(":");
  expect(await runDurableObjectAlarm(env.TOKEN_KEEPER.getByName(owner))).toBe(true);
  expect(JSON.parse(await kvRecordOf("jira"))).toMatchObject({ version: 1 });
});

test("a record that KV does not give up is told as pending, and the alarm repeats it", async () => {
  const browser = openBrowser();
  await browser.connect("jira");
  await kvRecordOf("jira");
  const [, owner = ""] = (await kvKeyOf("jira")).split(":");
  failKv("delete");
  const answer = await browser.call("DELETE", "/session");
  expect(await answer.json()).toMatchObject({ object: "deleted", kv: "pending" });

  vi.restoreAllMocks();
  await runDurableObjectAlarm(env.TOKEN_KEEPER.getByName(owner));
  expect((await env.TOKENS.list()).keys).toEqual([]);
});

test("the record tells operators its version, key id and expiry, and nobody else anything", async () => {
  const browser = openBrowser();
  await browser.connect("bitbucket");
  const text = await kvRecordOf("bitbucket");
  const { keys } = await env.TOKENS.list<{ version: number; keyId: string; expiresAt: number }>();
  expect(keys).toHaveLength(1);
  const { expiresAt } = JSON.parse(text) as { expiresAt: number };
  expect(keys[0]?.metadata).toEqual({ version: 1, keyId: "k1", expiresAt });
  const days = ((keys[0]?.expiration ?? 0) * 1_000 - Date.now()) / 86_400_000;
  expect(days).toBeGreaterThan(31.9);
  expect(days).toBeLessThanOrEqual(32);

  const token = await readToken(browser, "bitbucket");
  expect(text).not.toContain(token);
  expect(text).not.toContain("emulated-");
});
