// An answer that waited for a slow provider: what it learned of the session before may be out of date.
import { reset } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeEach, expect, test } from "vitest";
import { advanceClock, DAY_SECONDS, useMovableClock } from "./clock.ts";
import { countedBindings } from "./counted-bindings.ts";
import { fetchWithBindings } from "./fetch-with-bindings.ts";
import { emulator, useFreshEmulator } from "./journey-emulator.ts";
import { kvKeyOf, kvRecordOf } from "./kv-copy.ts";
import { type Browser, openBrowser } from "./open-browser.ts";
import { readStatuses } from "./read-statuses.ts";

useFreshEmulator();
useMovableClock();
beforeEach(() => reset());

const PATH = "/repositories/a/b";
const CALL = `/api/bitbucket/2.0${PATH}`;
const SESSION = "__Host-Http-latchkey";

/** The first call of a day, which renews the cookie, waits for the provider while `work` is done. */
async function duringSlowCall(browser: Browser, work: () => Promise<unknown>): Promise<void> {
  await advanceClock(DAY_SECONDS);
  await emulator.fault({ path: PATH, hold: "slow" });
  const slow = browser.call("GET", CALL);
  await emulator.waitForRequests({ path: PATH }, 1);
  await work();
  await emulator.release("slow");
  expect((await slow).status).toBe(200);
}

test("a slow call's answer does not put the session from before a connect back", async () => {
  const browser = openBrowser();
  await browser.connect("bitbucket");
  await duringSlowCall(browser, () => browser.connect("jira"));
  await advanceClock(130);
  expect(await readStatuses(browser)).toEqual(["connected", "connected"]);
});

test("a slow call's answer does not bring the cookie of an erased owner back", async () => {
  const browser = openBrowser();
  await browser.connect("bitbucket");
  await duringSlowCall(browser, () => browser.call("DELETE", "/session"));
  expect(browser.cookies.has(SESSION)).toBe(false);
});

test("nor does it replace the session of whoever connected after erasing", async () => {
  const browser = openBrowser();
  await browser.connect("bitbucket");
  await duringSlowCall(browser, async () => {
    await browser.call("DELETE", "/session");
    await browser.connect("jira");
  });
  expect(await readStatuses(browser)).toEqual(["not_connected", "connected"]);
});

test("a slow call is a call all the same: it renews the session, the first one of a day", async () => {
  const browser = openBrowser();
  await browser.connect("bitbucket");
  const before = browser.cookies.get(SESSION);
  await duringSlowCall(browser, async () => undefined);
  expect(browser.cookies.get(SESSION)).not.toBe(before);
});

test("a call that learns nothing new of the session costs one object call", async () => {
  const { bindings, counts } = countedBindings();
  const browser = openBrowser({ fetch: fetchWithBindings(bindings) });
  await browser.connect("bitbucket");
  await browser.call("GET", "/connections");
  await kvRecordOf("bitbucket");
  await env.TOKENS.delete(await kvKeyOf("bitbucket"));
  const before = counts.objectCalls;
  await browser.call("GET", CALL);
  expect(counts.objectCalls).toBe(before + 1);
});

test.each([
  ["after a disconnect", false],
  ["after a disconnect, and the answer of a slow call that began before it", true],
])("a stale copy of the token is not served %s", async (_, isSlow) => {
  const browser = openBrowser();
  await browser.connect("bitbucket");
  const first = JSON.parse(await kvRecordOf("bitbucket")) as { version: number };
  // Renewed in the middle of the call; its second try waits at the provider.
  await emulator.fault({ path: PATH, status: 401, body: "{}" });
  if (isSlow) await emulator.fault({ path: PATH, hold: "slow" });
  const call = browser.call("GET", CALL);
  await emulator.waitForRequests({ path: PATH }, 2);
  if (!isSlow) await call;
  const key = await kvKeyOf("bitbucket");
  const record = await kvRecordOf("bitbucket", ({ version }) => version > first.version);
  await browser.call("DELETE", "/connections/bitbucket");
  if (isSlow) await emulator.release("slow");
  await call;
  // The copy of another place, where the deletion has not arrived.
  await env.TOKENS.put(key, record);
  expect((await browser.call("GET", "/connections/bitbucket/token")).status).toBe(401);
});
