import { expect, test } from "vitest";
import { accountOf } from "../emulator/accounts.ts";
import { emulator, useFreshEmulator } from "./journey-emulator.ts";
import { type Browser, openBrowser } from "./open-browser.ts";
import { forceRefresh, readToken } from "./read-token.ts";

useFreshEmulator();

async function connection(browser: Browser, provider: string) {
  const answer = await browser.call("GET", `/connections/${provider}`);
  return answer.json<{ account: unknown; sites: readonly { id: string }[] | null }>();
}

test("account and sites are known after a connect, each site once, only those with Jira", async () => {
  const browser = openBrowser();
  await browser.connect("bitbucket");
  await browser.connect("jira");
  const { accountId } = accountOf("alice");
  expect(await connection(browser, "bitbucket")).toMatchObject({ account: { id: accountId } });
  const jira = await connection(browser, "jira");
  expect(jira.account).toEqual({ id: accountId });
  const ids = jira.sites?.map(({ id }) => id) ?? [];
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.length).toBeGreaterThan(0);
});

test("nothing of the person but the account id is told or kept", async () => {
  const browser = openBrowser();
  await browser.connect("bitbucket");
  const answer = await browser.call("GET", "/connections/bitbucket");
  const text = await answer.text();
  expect(text).not.toMatch(/alice|display_name|email|avatar/i);
});

test.each(["identity", "sites"] as const)(
  "a %s lookup that fails costs no token, and is tried again when connections are listed",
  async (endpoint) => {
    const browser = openBrowser();
    await emulator.fault({ provider: "jira", endpoint, status: 500, body: "<h1>no</h1>" });
    const end = await browser.connect("jira");
    expect(end.search).toBe("?provider=jira&outcome=connected");
    await readToken(browser, "jira");
    const learned = await connection(browser, "jira");
    expect(learned.account).not.toBeNull();
    expect(learned.sites).not.toBeNull();
  },
);

test("a lookup that failed is tried again at the next refresh, when nobody lists anything", async () => {
  const browser = openBrowser();
  const sites = { provider: "jira", endpoint: "sites" } as const;
  await emulator.fault({ ...sites, status: 500 });
  await browser.connect("jira");
  await forceRefresh(browser, "jira", await readToken(browser, "jira"));
  const [, second] = await emulator.waitForRequests(sites, 2);
  expect(second?.account).toBe("alice");
});

test("what is learned of an earlier consent says nothing of the one that replaced it", async () => {
  const browser = openBrowser();
  const [first, second] = [await browser.start("jira"), await browser.start("jira")];
  await emulator.fault({ endpoint: "sites", account: "alice", hold: "lookup" });
  const arrival = browser.arrive(await browser.consent(first, { account: "alice" }));
  await emulator.waitForRequests({ endpoint: "sites", account: "alice" }, 1);
  await browser.arrive(await browser.consent(second, { account: "bob" }));
  expect(await emulator.requests({ endpoint: "sites", account: "bob" })).toHaveLength(1);
  await emulator.release("lookup");
  await arrival;
  const { accountId } = accountOf("bob");
  expect(await connection(browser, "jira")).toMatchObject({ account: { id: accountId } });
});

test("a lookup that hangs is given up after five seconds, and the person is connected", async () => {
  const browser = openBrowser();
  await emulator.fault({ provider: "jira", endpoint: "sites", hang: true, times: "always" });
  await emulator.fault({ provider: "jira", endpoint: "identity", hang: true, times: "always" });
  const end = await browser.connect("jira");
  expect(end.search).toBe("?provider=jira&outcome=connected");
  await readToken(browser, "jira");
  const given = { provider: "jira", endpoint: "sites", aborted: true } as const;
  expect(await emulator.waitForRequests(given, 1)).toHaveLength(1);
});

test("a grant that reaches no site is a connection all the same", async () => {
  const browser = openBrowser();
  await browser.connect("jira", { account: "nosites-carol" });
  expect(await connection(browser, "jira")).toMatchObject({ account: null, sites: [] });
  await readToken(browser, "jira");
});

const ODD_SITES: readonly [string, unknown][] = [
  ["a scope that is an object", [{ id: "a", scopes: [{ toString: 1, valueOf: 1 }] }]],
  ["an id that is no text", [{ id: "\ud800", scopes: ["read:jira-work"] }]],
  ["an id that is a path", [{ id: "../..", scopes: ["read:jira-work"] }]],
  ["no list", { id: "a" }],
  ["a list of nothing", [null, 7, "x", []]],
];

test.each(ODD_SITES)("odd sites cost nothing but the sites: %s", async (_, sites) => {
  const browser = openBrowser();
  await emulator.fault({
    endpoint: "sites",
    times: "always",
    status: 200,
    body: JSON.stringify(sites),
  });
  const end = await browser.connect("jira");
  expect(end.search).toBe("?provider=jira&outcome=connected");
  expect(await connection(browser, "jira")).toMatchObject({ status: "connected", account: null });
});
