import { reset } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeEach, expect, test } from "vitest";
import { advanceClock, useMovableClock } from "./clock.ts";
import { countedBindings } from "./counted-bindings.ts";
import { fetchWithBindings } from "./fetch-with-bindings.ts";
import { useFreshEmulator } from "./journey-emulator.ts";
import { kvKeyOf, kvRecordOf } from "./kv-copy.ts";
import { openBrowser } from "./open-browser.ts";
import { forceRefresh, readToken } from "./read-token.ts";

useFreshEmulator();
useMovableClock();
beforeEach(() => reset());

test("a warm read makes one KV read and no object call", async () => {
  await advanceClock(0);
  const { bindings, counts } = countedBindings();
  const browser = openBrowser({ fetch: fetchWithBindings(bindings) });
  await browser.connect("jira");
  await kvRecordOf("jira");
  const before = { ...counts };
  await readToken(browser, "jira");
  expect(counts.kvReads - before.kvReads).toBe(1);
  expect(counts.objectCalls - before.objectCalls).toBe(0);
});

test("a warm read sets no cookie, so that a late answer puts nothing back", async () => {
  await advanceClock(0);
  const browser = openBrowser();
  await browser.connect("jira");
  await kvRecordOf("jira");
  const answer = await browser.call("GET", "/connections/jira/token");
  expect(answer.headers.getSetCookie()).toEqual([]);
});

test("the first read of a UTC day asks the object and renews the cookie, the next is warm", async () => {
  const { bindings, counts } = countedBindings();
  const browser = openBrowser({ fetch: fetchWithBindings(bindings) });
  await browser.connect("bitbucket");
  await kvRecordOf("bitbucket");
  await advanceClock(24 * 3_600);
  const first = await browser.call("GET", "/connections/bitbucket/token");
  expect(first.headers.getSetCookie()).toHaveLength(1);
  await kvRecordOf("bitbucket", ({ version }) => version === 2);
  const before = counts.objectCalls;
  const second = await browser.call("GET", "/connections/bitbucket/token");
  expect(second.headers.getSetCookie()).toEqual([]);
  expect(counts.objectCalls).toBe(before);
});

test("of two calls of a UTC day that ask the object the first renews the cookie", async () => {
  const browser = openBrowser();
  await browser.connect("jira");
  await advanceClock(24 * 3_600);
  const renewals: number[] = [];
  for (const _ of [1, 2]) {
    const answer = await browser.call("GET", "/connections");
    renewals.push(answer.headers.getSetCookie().length);
  }
  expect(renewals).toEqual([1, 0]);
});

test("a KV record put back to an older version never reaches a browser that knows better", async () => {
  const browser = openBrowser();
  await browser.connect("jira");
  const old = await kvRecordOf("jira");
  const before = await readToken(browser, "jira");
  expect((await forceRefresh(browser, "jira", before)).status).toBe(200);
  await kvRecordOf("jira", ({ version }) => version === 2);

  await env.TOKENS.put(await kvKeyOf("jira"), old);
  expect(await readToken(browser, "jira")).not.toBe(before);
});

test("a KV record that is gone is not missed", async () => {
  const browser = openBrowser();
  await browser.connect("jira");
  await kvRecordOf("jira");
  const before = await readToken(browser, "jira");
  await env.TOKENS.delete(await kvKeyOf("jira"));
  expect(await readToken(browser, "jira")).toBe(before);
});

test("a record moved to another owner, or to another provider, does not open there", async () => {
  const [alice, bob] = [openBrowser(), openBrowser()];
  await alice.connect("jira", { account: "alice" });
  const aliceRecord = await kvRecordOf("jira");
  await env.TOKENS.delete(await kvKeyOf("jira"));
  await bob.connect("jira", { account: "bob" });
  const bobToken = await readToken(bob, "jira");
  const session = (JSON.parse(await kvRecordOf("jira")) as { session: string }).session;

  await env.TOKENS.put(
    await kvKeyOf("jira"),
    JSON.stringify({ ...JSON.parse(aliceRecord), session }),
  );
  expect(await readToken(bob, "jira")).toBe(bobToken);
});

const BROKEN_RECORDS = [
  "",
  "{",
  "null",
  "[]",
  '"text"',
  "{}",
  '{"version":99,"session":"x"}',
] as const;

test.each(BROKEN_RECORDS)("a KV record that is no record is not believed: %s", async (text) => {
  const browser = openBrowser();
  await browser.connect("jira");
  await kvRecordOf("jira");
  const before = await readToken(browser, "jira");
  await env.TOKENS.put(await kvKeyOf("jira"), text);
  expect(await readToken(browser, "jira")).toBe(before);
});

test.each([Infinity, 9e15, -1, "soon"])(
  "a KV record whose expiry was changed to %s is not believed",
  async (expiresAt) => {
    const browser = openBrowser();
    await browser.connect("jira");
    const record = await kvRecordOf("jira");
    const before = await readToken(browser, "jira");
    const text = JSON.stringify({ ...JSON.parse(record), expiresAt }).replace("null", "1e999");
    await env.TOKENS.put(await kvKeyOf("jira"), text);
    expect(await readToken(browser, "jira")).toBe(before);
  },
);

test("a KV that throws or hangs costs time, not the answer", async () => {
  const browser = openBrowser();
  await browser.connect("jira");
  const expected = await readToken(browser, "jira");
  const failing: readonly (() => Promise<never>)[] = [
    () => Promise.reject(new Error("KV is down")),
    () => new Promise<never>(() => undefined),
  ];
  for (const get of failing) {
    const TOKENS = new Proxy(env.TOKENS, {
      get: (kv, name) => (name === "get" ? get : (Reflect.get(kv, name) as unknown)),
    });
    const here = openBrowser({
      cookies: browser.cookies,
      fetch: fetchWithBindings({ TOKENS }),
    });
    expect(await readToken(here, "jira")).toBe(expected);
  }
});

test("a forced refresh needs the current token's hash, and happens once a minute", async () => {
  const browser = openBrowser();
  await browser.connect("jira");
  const first = await readToken(browser, "jira");
  const forced = await forceRefresh(browser, "jira", first);
  const { access_token: second } = await forced.json<{ access_token: string }>();
  expect(second).not.toBe(first);

  const stale = await forceRefresh(browser, "jira", first);
  expect(await stale.json()).toMatchObject({ access_token: second });
  const tooEarly = await forceRefresh(browser, "jira", second);
  expect(await tooEarly.json()).toMatchObject({ access_token: second });
  await advanceClock(61);
  const again = await forceRefresh(browser, "jira", second);
  expect(await again.json()).not.toMatchObject({ access_token: second });
});
