import { reset } from "cloudflare:test";
import { env, exports } from "cloudflare:workers";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { accountOf } from "../emulator/accounts.ts";
import { until } from "../reliability/until.ts";
import { advanceClock, useMovableClock } from "./clock.ts";
import { countedBindings } from "./counted-bindings.ts";
import { fetchWithBindings } from "./fetch-with-bindings.ts";
import { emulator, useFreshEmulator } from "./journey-emulator.ts";
import { holdNextCall } from "./hold-next-call.ts";
import { kvKeyOf, kvPrototype, kvRecordOf } from "./kv-copy.ts";
import { type Browser, openBrowser } from "./open-browser.ts";
import { forceRefresh, readToken } from "./read-token.ts";
import { cookieHeader } from "../http/connected-browser.ts";
import { PUBLIC_URL } from "../worker-bindings.ts";

const MYSELF = `/api/jira/${accountOf("alice").sites[0]?.id}/rest/api/3/myself`;

useFreshEmulator();
useMovableClock();
beforeEach(() => reset());
afterEach(() => void vi.restoreAllMocks());

/**
 * A browser with a connection to Jira that is in KV, and what its calls cost. The clock stands
 * still: nothing is forgotten by itself.
 */
async function connectedBrowser() {
  await advanceClock(0);
  const { bindings, counts } = countedBindings();
  const fetch = fetchWithBindings(bindings);
  const browser = openBrowser({ fetch });
  await browser.connect("jira");
  await until(async () => (await env.TOKENS.list()).keys.length > 0);
  /** Another browser that somebody copied its cookies to. */
  const copy = () => openBrowser({ fetch, cookies: new Map(browser.cookies) });
  return { browser, copy, counts };
}

async function tokenStatus(browser: Browser): Promise<number> {
  return (await browser.call("GET", "/connections/jira/token")).status;
}

test("calls one after another within five seconds read KV once, of whatever kind they are", async () => {
  const { browser, counts } = await connectedBrowser();
  const before = { ...counts };
  for (const _ of [1, 2]) {
    await readToken(browser, "jira");
    expect((await browser.call("GET", MYSELF)).status).toBe(200);
  }
  expect(counts.kvReads - before.kvReads).toBe(1);
  await advanceClock(5);
  await readToken(browser, "jira");
  expect(counts.kvReads - before.kvReads).toBe(2);
  expect(counts.objectCalls).toBe(before.objectCalls);
});

test("calls at the same time read KV each", async () => {
  const { browser, counts } = await connectedBrowser();
  const before = counts.kvReads;
  await Promise.all([1, 2, 3].map(() => readToken(browser, "jira")));
  expect(counts.kvReads - before).toBe(3);
});

test("another isolate, which nobody told of a disconnect, answers for five seconds", async () => {
  const { browser, copy } = await connectedBrowser();
  const { bindings, counts } = countedBindings();
  const elsewhere = openBrowser({ fetch: fetchWithBindings(bindings), cookies: copy().cookies });
  expect(await tokenStatus(elsewhere)).toBe(200);
  await browser.call("DELETE", "/connections/jira");
  const before = { ...counts };
  expect(await tokenStatus(elsewhere)).toBe(200);
  expect(counts).toEqual(before);
  await advanceClock(5);
  expect(await tokenStatus(elsewhere)).toBe(401);
});

test("after a connect with another account an earlier cookie does not act for the one before", async () => {
  const { browser, copy } = await connectedBrowser();
  const earlier = copy();
  const first = await readToken(earlier, "jira");
  const { session } = JSON.parse(await kvRecordOf("jira")) as { session: string };
  await browser.connect("jira", { account: "bob" });
  await kvRecordOf("jira", (record) => record.session !== session);
  expect(await readToken(earlier, "jira")).not.toBe(first);
});

test.each([false, true])(
  "a disconnect makes it forget, whether or not the caller went away: %s",
  async (goesAway) => {
    // The clock stands still: nothing is forgotten by itself. And the Worker is as deployed: what
    // goes on behind an answer ends with a caller who goes away.
    await advanceClock(0);
    const browser = openBrowser();
    await browser.connect("jira");
    await kvRecordOf("jira");
    const key = await kvKeyOf("jira");
    const thief = openBrowser({ cookies: new Map(browser.cookies) });
    await readToken(thief, "jira");
    const deletion = holdNextCall(kvPrototype, "delete");
    const aborter = new AbortController();
    const answer = exports.default
      .fetch(
        new Request(`${PUBLIC_URL}/connections/jira`, {
          method: "DELETE",
          headers: { Cookie: cookieHeader(browser.cookies), "X-Latchkey": "1" },
          signal: aborter.signal,
        }),
      )
      .then(({ status }) => status, String);
    await expect.poll(() => deletion.isHeld()).toBe(true);
    if (goesAway) {
      aborter.abort();
      await answer;
    }
    deletion.release();
    await answer;
    await until(async () => (await env.TOKENS.get(key)) === null);
    await until(async () => (await tokenStatus(thief)) === 401);
  },
);

test.each(["/connections/jira", "/session"])(
  "once DELETE %s is answered, a copied cookie reads nothing here",
  async (path) => {
    const { browser, copy } = await connectedBrowser();
    const thief = copy();
    expect(await tokenStatus(thief)).toBe(200);
    expect((await browser.call("DELETE", path)).status).toBe(200);
    expect(await tokenStatus(thief)).toBe(401);
  },
);

test("a KV read that was under way at a disconnect leaves nothing behind", async () => {
  const { promise: isLetGo, resolve: letGo } = Promise.withResolvers<undefined>();
  const { promise: isReading, resolve: begin } = Promise.withResolvers<undefined>();
  const TOKENS = new Proxy(env.TOKENS, {
    get(kv, name) {
      if (name !== "get") return Reflect.get(kv, name) as unknown;
      return async (...args: Parameters<typeof kv.get>) => {
        const record: unknown = await kv.get(...args);
        begin(undefined);
        await isLetGo;
        return record;
      };
    },
  });
  const fetch = fetchWithBindings({ TOKENS });
  const browser = openBrowser({ fetch });
  await browser.connect("jira");
  await kvRecordOf("jira");
  const thief = openBrowser({ fetch, cookies: new Map(browser.cookies) });
  const early = tokenStatus(thief);
  await isReading;
  await browser.call("DELETE", "/connections/jira");
  letGo(undefined);
  expect(await early).toBe(200);
  expect(await tokenStatus(thief)).toBe(401);
});

test("a token older than a browser knows of is not taken from memory, either", async () => {
  const { browser, copy, counts } = await connectedBrowser();
  const old = await kvRecordOf("jira");
  const ignorant = copy();
  const first = await readToken(browser, "jira");
  await forceRefresh(browser, "jira", first);
  await kvRecordOf("jira", ({ version }) => version === 2);
  await env.TOKENS.put(await kvKeyOf("jira"), old);

  const before = counts.kvReads;
  for (const _ of [1, 2]) expect(await readToken(ignorant, "jira")).toBe(first);
  expect(counts.kvReads - before).toBe(1);
  expect(await readToken(browser, "jira")).not.toBe(first);
});

test("a token of another session is not taken from memory", async () => {
  const { browser, copy, counts } = await connectedBrowser();
  const superseded = copy();
  const { session } = JSON.parse(await kvRecordOf("jira")) as { session: string };
  await browser.connect("bitbucket");
  await kvRecordOf("jira", (record) => record.session !== session);
  await readToken(browser, "jira");
  const before = counts.objectCalls;
  await readToken(superseded, "jira");
  expect(counts.objectCalls).toBeGreaterThan(before);
});

test("a token that ends meanwhile is not taken from memory", async () => {
  await emulator.configure({ accessTokenSeconds: 100 });
  const { browser } = await connectedBrowser();
  // Good for half its life, and not yet one to refresh ahead.
  await advanceClock(47);
  const first = await readToken(browser, "jira");
  await advanceClock(4);
  expect(await readToken(browser, "jira")).not.toBe(first);
});
