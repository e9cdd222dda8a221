import { afterEach, expect, test, vi } from "vitest";
import { lookUpAccount } from "../../src/oauth/look-up-account.ts";
import type { Fault } from "../emulator/fault.ts";
import { emulator, useFreshEmulator } from "../journeys/journey-emulator.ts";
import { emulatedClient } from "./emulated-client.ts";
import { EMULATOR_ORIGIN } from "../emulator-origin.ts";
import { holdTimeouts } from "./held-timeouts.ts";

useFreshEmulator();
afterEach(() => void vi.restoreAllMocks());

const SITES_PATH = "/oauth/token/accessible-resources";
const MYSELF_PATH = "/rest/api/3/myself";
const ACME = {
  id: "cloud-acme",
  name: "Acme",
  url: "https://acme.atlassian.net",
  scopes: ["read:jira-work"],
  avatarUrl: "https://avatars.example/acme.png",
};
const MYSELF = {
  accountId: "712020:abc",
  displayName: "CANARY name",
  emailAddress: "canary@example.invalid",
};

const answering = (path: string, fault: Fault) => emulator.fault({ path, ...fault });
const answeringJson = (path: string, body: unknown) =>
  answering(path, { status: 200, body: JSON.stringify(body) });
const jira = () => lookUpAccount(emulatedClient("jira"), "CANARY-access");
const bitbucket = () => lookUpAccount(emulatedClient("bitbucket"), "CANARY-access");

test("Bitbucket says whose grant it is; of the person only the id is kept", async () => {
  await answeringJson("/2.0/user", { account_id: "557058:x", display_name: "CANARY", uuid: "{y}" });
  expect(await bitbucket()).toStrictEqual({ accountId: "557058:x", sites: null });
});

test("Jira is asked for the sites, then for the account on one of them", async () => {
  await answeringJson(SITES_PATH, [ACME]);
  await answeringJson(MYSELF_PATH, MYSELF);
  expect(await jira()).toStrictEqual({
    accountId: "712020:abc",
    sites: [{ id: "cloud-acme", name: "Acme", url: "https://acme.atlassian.net" }],
  });
  const requests = await emulator.requests();
  expect(requests.map(({ path }) => path)).toStrictEqual([
    SITES_PATH,
    "/ex/jira/cloud-acme/rest/api/3/myself",
  ]);
});

test("the token goes in the Authorization header and nowhere else", async () => {
  await answeringJson(SITES_PATH, [ACME]);
  await jira();
  for (const request of await emulator.requests()) {
    expect(request.headers["authorization"]).toBe("Bearer CANARY-access");
    expect(request.url + request.bodyText).not.toContain("CANARY");
  }
});

const siteOf = async (...entries: readonly unknown[]) => {
  await answeringJson(SITES_PATH, entries);
  return (await jira()).sites;
};

test("sites are those with a Jira scope, each once", async () => {
  const confluence = { ...ACME, scopes: ["read:confluence-space.summary"] };
  const globex = { ...ACME, id: "cloud-globex", name: "Globex" };
  const sites = await siteOf(confluence, ACME, globex, confluence, ACME);
  expect(sites?.map(({ id }) => id)).toStrictEqual(["cloud-acme", "cloud-globex"]);
});

test("a grant can reach no site at all", async () => {
  await answeringJson(SITES_PATH, []);
  expect(await jira()).toStrictEqual({ accountId: null, sites: [] });
});

test.each([
  ["null", null],
  ["a text", "cloud-acme"],
  ["no id", { ...ACME, id: undefined }],
  ["an empty id", { ...ACME, id: "" }],
  ["an id that is no text", { ...ACME, id: 7 }],
  ["no scopes", { ...ACME, scopes: undefined }],
  ["scopes that are no list", { ...ACME, scopes: "read:jira-work" }],
])("an entry with %s is no site, and not in the way of the others", async (_, entry) => {
  const globex = { ...ACME, id: "cloud-globex" };
  expect(await siteOf(entry, globex)).toMatchObject([{ id: "cloud-globex" }]);
});

test.each(["javascript:alert(1)", "http://acme.example", "data:text/html,x", "acme", "", 7])(
  "a site's url is a link or nothing: %s",
  async (url) => {
    expect(await siteOf({ ...ACME, url })).toMatchObject([{ id: "cloud-acme", url: "" }]);
  },
);

test.each<[what: string, fault: Fault]>([
  ["an error", { status: 500 }],
  ["a refusal", { status: 403, body: '{"error":"scope"}' }],
  ["HTML", { status: 200, body: "<html>" }],
  ["an object", { status: 200, body: '{"sites":[]}' }],
  ["a redirect", { redirect: `${EMULATOR_ORIGIN}/elsewhere` }],
  ["a reset", { reset: true }],
  ["too much", { status: 200, hugeBytes: 300_000 }],
  ["half an answer", { truncate: "reset" }],
])("sites answered with %s are not known, and nothing more is asked", async (_, fault) => {
  await answering(SITES_PATH, fault);
  expect(await jira()).toStrictEqual({ accountId: null, sites: null });
  expect(await emulator.requests()).toHaveLength(1);
});

test.each<[what: string, body: string]>([
  ["no id", "{}"],
  ["an empty id", '{"accountId":""}'],
  ["an id that is no text", '{"accountId":7}'],
  ["another provider's field", '{"account_id":"x"}'],
  ["null", "null"],
  ["nothing", ""],
])("an account answered with %s is not known, the sites are", async (_, body) => {
  await answeringJson(SITES_PATH, [ACME]);
  await answering(MYSELF_PATH, { status: 200, body });
  expect(await jira()).toMatchObject({ accountId: null, sites: [{ id: "cloud-acme" }] });
});

test.each([302, 307])("no token follows a redirect with a %s", async (status) => {
  await answering("/2.0/user", { status, redirect: `${EMULATOR_ORIGIN}/elsewhere` });
  expect(await bitbucket()).toStrictEqual({ accountId: null, sites: null });
  expect(await emulator.requests({ path: "/elsewhere" })).toStrictEqual([]);
});

test("sites and account share five seconds", async () => {
  const timeouts = holdTimeouts();
  await answeringJson(SITES_PATH, [ACME]);
  await answering(MYSELF_PATH, { hang: true });
  const account = jira();
  await emulator.waitForRequests({ path: MYSELF_PATH }, 1);
  timeouts.strike();
  expect(await account).toMatchObject({ accountId: null, sites: [{ id: "cloud-acme" }] });
  expect(timeouts.asked).toStrictEqual([5]);
});

test.each<[what: string, fault: Fault]>([
  ["that never come", { hang: true }],
  ["that drip", { status: 200, body: JSON.stringify([ACME]), dripMs: 10_000 }],
])("sites %s have five seconds, and the account is not asked for", async (_, fault) => {
  const timeouts = holdTimeouts();
  await answering(SITES_PATH, fault);
  const account = jira();
  await emulator.waitForRequests({ path: SITES_PATH }, 1);
  timeouts.strike();
  expect(await account).toStrictEqual({ accountId: null, sites: null });
  expect(timeouts.asked).toStrictEqual([5]);
  expect(await emulator.requests({ path: MYSELF_PATH })).toStrictEqual([]);
});
