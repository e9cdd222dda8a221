// Attacks on the proxy that the platform's own fetch can carry.
import { reset } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeEach, expect, test } from "vitest";
import { accountOf } from "../emulator/accounts.ts";
import { PUBLIC_URL } from "../worker-bindings.ts";
import { advanceClock, DAY_SECONDS, useMovableClock } from "./clock.ts";
import { emulator, useFreshEmulator } from "./journey-emulator.ts";
import { kvKeyOf, kvRecordOf } from "./kv-copy.ts";
import { type Browser, openBrowser } from "./open-browser.ts";

useFreshEmulator();
useMovableClock();
beforeEach(() => reset());

const PATH = "/repositories/a/b";
const CALL = `/api/bitbucket/2.0${PATH}`;
const GLOBEX = accountOf("alice").sites[1]?.id ?? "";
const SESSION = "__Host-Http-latchkey";

async function codeOf(answer: Response) {
  const { code } = await answer.json<{ code?: string }>();
  return `${answer.status} ${code}`;
}

async function statuses(browser: Browser) {
  const answer = await browser.call("GET", "/connections");
  const { connections } = await answer.json<{ connections: { status: string }[] }>();
  return connections.map(({ status }) => status);
}

test.each(["/session", "/connections/bitbucket", "/connections/bitbucket/token", "/auth/jira"])(
  "a provider's redirect never sends a front-end's call to Latchkey's own %s",
  async (path) => {
    const browser = openBrowser();
    await browser.connect("bitbucket");
    await emulator.fault({ path: PATH, redirect: PUBLIC_URL + path, status: 307 });
    const answer = await browser.call("DELETE", CALL);
    expect(answer.headers.get("Location")).toBeNull();
  },
);

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
  expect(await statuses(browser)).toEqual(["connected", "connected"]);
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
  expect(await statuses(browser)).toEqual(["not_connected", "connected"]);
});

test.each([
  ["disconnected", "/connections/jira"],
  ["was erased", "/session"],
])("who %s elsewhere is told so, not that the provider is down", async (_, path) => {
  const browser = openBrowser();
  await browser.connect("jira", { sites: "acme" });
  const key = await kvKeyOf("jira");
  const record = await kvRecordOf("jira");
  const elsewhere = openBrowser({ cookies: new Map(browser.cookies) });
  await browser.call("DELETE", path);
  // The copy of another place, where the deletion has not arrived.
  await env.TOKENS.put(key, record);
  const answer = await elsewhere.call("GET", `/api/jira/${GLOBEX}/rest/api/3/myself`);
  expect(await codeOf(answer)).toBe("401 not_connected");
});

test.each([101, 600, 999])(
  "what a status of %i comes to is not said to be harmless",
  async (status) => {
    const browser = openBrowser();
    await browser.connect("bitbucket");
    await emulator.fault({
      path: PATH,
      status,
      phase: "after",
      body: status === 101 ? "" : "{}",
      headers: { location: "https://evil.example/", etag: '"theirs"', "content-encoding": "zstd" },
    });
    const answer = await browser.call("POST", CALL, { body: "{}" });
    expect([answer.headers.get("Location"), answer.headers.get("ETag")]).toEqual([null, null]);
    expect(await codeOf(answer)).toBe("503 provider_unavailable");
  },
);
