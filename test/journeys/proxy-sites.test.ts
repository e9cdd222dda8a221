import { reset } from "cloudflare:test";
import { beforeEach, expect, test } from "vitest";
import { accountOf } from "../emulator/accounts.ts";
import { env } from "cloudflare:workers";
import { until } from "../reliability/until.ts";
import { advanceClock, useMovableClock } from "./clock.ts";
import { countedBindings } from "./counted-bindings.ts";
import { fetchWithBindings } from "./fetch-with-bindings.ts";
import { emulator, useFreshEmulator } from "./journey-emulator.ts";
import { kvKeyOf, kvRecordOf } from "./kv-copy.ts";
import { type Browser, openBrowser } from "./open-browser.ts";

useFreshEmulator();
useMovableClock();
beforeEach(() => reset());

const [ACME = "", GLOBEX = "", WIKI = ""] = accountOf("alice").sites.map(({ id }) => id);
const SITES = { endpoint: "sites" } as const;

const callSite = (browser: Browser, site: string) =>
  browser.call("GET", `/api/jira/${site}/rest/api/3/myself`);

async function codeOf(answer: Response) {
  const { code } = await answer.json<{ code?: string }>();
  return `${answer.status} ${code}`;
}

const siteReadings = async () => (await emulator.requests(SITES)).length;
const sentTo = async (site: string) => (await emulator.requests({ path: `/${site}/` })).length;

test("a site that is not the connection's is unknown, and nothing is sent there", async () => {
  const browser = openBrowser();
  await browser.connect("jira", { sites: "acme" });
  const bobs = accountOf("bob").sites[0]?.id ?? "";
  for (const site of [bobs, GLOBEX, "x", "__proto__", "a%20b", ACME.toUpperCase()]) {
    expect(await codeOf(await callSite(browser, site))).toBe("404 unknown_site");
    expect(await sentTo(site)).toBe(0);
  }
});

test("a site with Confluence alone is unknown", async () => {
  const browser = openBrowser();
  await browser.connect("jira");
  expect(await codeOf(await callSite(browser, WIKI))).toBe("404 unknown_site");
});

test("sites are read afresh for an unknown one, at most once a minute", async () => {
  await advanceClock(0);
  const browser = openBrowser();
  await browser.connect("jira", { sites: "acme" });
  const before = await siteReadings();
  for (const _ of [1, 2, 3]) await callSite(browser, GLOBEX);
  expect(await siteReadings()).toBe(before + 1);
  await advanceClock(59);
  await callSite(browser, GLOBEX);
  expect(await siteReadings()).toBe(before + 1);
  await advanceClock(1);
  await callSite(browser, GLOBEX);
  expect(await siteReadings()).toBe(before + 2);
});

test("many callers of unknown sites at once are one reading", async () => {
  const browser = openBrowser();
  await browser.connect("jira", { sites: "acme" });
  const before = await siteReadings();
  const callers = Array.from({ length: 20 }, (_, i) => callSite(browser, `unknown-${i}`));
  for (const answer of await Promise.all(callers)) expect(answer.status).toBe(404);
  expect(await siteReadings()).toBe(before + 1);
});

test("callers that come while the sites are read wait for them", async () => {
  const browser = openBrowser();
  await emulator.fault({ ...SITES, status: 500 });
  await browser.connect("jira", { sites: "acme" });
  const before = await siteReadings();
  const first = await Promise.all([1, 2, 3, 4].map(() => callSite(browser, ACME)));
  expect(first.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  expect(await siteReadings()).toBe(before + 1);
});

test("a site that was added elsewhere is found at its first call, and soon without asking", async () => {
  const { bindings, counts } = countedBindings();
  const browser = openBrowser({ fetch: fetchWithBindings(bindings) });
  await browser.connect("jira", { sites: "acme" });
  // The same account consents elsewhere: at Atlassian that is one grant.
  await openBrowser().connect("jira", { sites: "globex" });
  expect((await callSite(browser, GLOBEX)).status).toBe(200);
  await until(async () => {
    const before = counts.objectCalls;
    expect((await callSite(browser, GLOBEX)).status).toBe(200);
    return counts.objectCalls === before;
  });
});

test("sites that could not be learned at the connect are learned by the first call", async () => {
  const browser = openBrowser();
  await emulator.fault({ ...SITES, status: 500 });
  await browser.connect("jira");
  expect((await callSite(browser, ACME)).status).toBe(200);
});

test("while nobody knows the sites, the provider is unavailable and no site is unknown", async () => {
  const browser = openBrowser();
  await emulator.fault({ ...SITES, status: 500, times: "always" });
  await browser.connect("jira");
  for (const _ of [1, 2]) {
    const answer = await callSite(browser, ACME);
    expect(await codeOf(answer)).toBe("503 provider_unavailable");
    expect(Number(answer.headers.get("Retry-After"))).toBeGreaterThan(0);
  }
  await emulator.clearFaults();
  await advanceClock(60);
  expect((await callSite(browser, ACME)).status).toBe(200);
});

test("a clock that is set back does not keep sites from being read", async () => {
  const browser = openBrowser();
  await browser.connect("jira", { sites: "acme" });
  await callSite(browser, GLOBEX);
  const before = await siteReadings();
  await advanceClock(-3_600);
  await callSite(browser, GLOBEX);
  expect(await siteReadings()).toBe(before + 1);
});

test("without a connection no site is unknown: the caller is not connected", async () => {
  const browser = openBrowser();
  expect(await codeOf(await callSite(browser, ACME))).toBe("401 not_connected");
  await browser.connect("bitbucket");
  expect(await codeOf(await callSite(browser, ACME))).toBe("401 not_connected");
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
  const answer = await callSite(elsewhere, GLOBEX);
  expect(await codeOf(answer)).toBe("401 not_connected");
});
