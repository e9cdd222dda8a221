import { expect } from "vitest";
import type { Page } from "playwright-core";
import { accountOf } from "../../emulator/accounts.ts";
import { allow } from "../connections-page.ts";
import { test } from "./client-test.ts";
import { connect, ready, watchCalls } from "./front-end.ts";

const [acme, globex] = accountOf("alice").sites;

test("one site needs no naming, and is asked for once", async ({ app, emulator }) => {
  await emulator.configure({ consent: "allow" });
  await connect(app, "jira");
  const calls = watchCalls(app);
  const asked = { path: `/ex/jira/${acme?.id}` };
  const before = await emulator.requests(asked);
  const answers = await app.evaluate(() => {
    const call = () => attempt(() => latchkey.fetch("jira", "/rest/api/3/myself"));
    return Promise.all([call(), call()]).then(async (both) => [...both, await call()]);
  });
  expect(answers).toMatchObject([{ status: 200 }, { status: 200 }, { status: 200 }]);
  expect(calls.filter((call) => call === "GET /connections")).toHaveLength(1);
  expect(await emulator.requests(asked)).toHaveLength(before.length + 3);
});

test("of several, one has to be named: the error has the choices", async ({ app, emulator }) => {
  await connectBothSites(app);
  const choices = [acme, globex].map((site) => ({
    id: site?.id,
    name: site?.name,
    url: site?.url,
  }));
  const error = await callJira(app);
  expect(error).toMatchObject({ code: "site_required", sites: choices });
  const message = await app.evaluate(() =>
    latchkey.fetch("jira", "/rest/api/3/myself").catch((thrown: Error) => thrown.message),
  );
  for (const { name, id } of choices) expect(message).toContain(`${name} (${id})`);

  expect(await callJira(app, globex?.id)).toMatchObject({ status: 200 });
  expect(await emulator.requests({ path: `/ex/jira/${globex?.id}` })).toHaveLength(1);
});

test("none at all is not a choice", async ({ app, emulator }) => {
  await emulator.configure({ consent: "allow", account: "nosites" });
  await connect(app, "jira");
  expect(await callJira(app)).toMatchObject({ code: "site_required", sites: [] });
});

test("sites that Atlassian has not told yet are asked for again", async ({ app, emulator }) => {
  await emulator.configure({ consent: "allow" });
  await emulator.fault({ endpoint: "sites", status: 500, times: "always" });
  await connect(app, "jira");
  expect(await callJira(app)).toMatchObject({ code: "provider_unavailable", retryAfter: 60 });
  await emulator.clearFaults();
  await expect.poll(() => callJira(app)).toMatchObject({ status: 200 });
});

test("without a connection the error says where to connect", async ({
  app,
  latchkey,
  emulator,
}) => {
  const connectUrl = `${latchkey.origin}/auth/jira`;
  expect(await callJira(app)).toMatchObject({ code: "not_connected", connectUrl });

  await emulator.configure({ consent: "allow" });
  await connect(app, "jira");
  await emulator.revokeGrants();
  expect(await callJira(app)).toMatchObject({ code: "reconnect_required", connectUrl });
  // The site is not remembered from before: this one is told by the list of connections.
  const calls = watchCalls(app);
  expect(await callJira(app)).toMatchObject({ code: "reconnect_required", connectUrl });
  expect(calls).toEqual(["GET /connections"]);
});

test("a site that the connection lost is not remembered", async ({
  app,
  tab,
  emulator,
  latchkey,
}) => {
  await emulator.configure({ consent: "allow" });
  await connect(app, "jira");
  expect(await callJira(app)).toMatchObject({ status: 200 });
  // On Latchkey's own page: of that, this page hears nothing.
  await emulator.configure({ account: "bob" });
  const other = await tab();
  await other.goto(`${latchkey.origin}/auth/jira`);
  await expect.poll(() => callJira(app)).toMatchObject({ code: "unknown_site" });
  expect(await callJira(app)).toMatchObject({ status: 200 });
});

function callJira(page: Page, site?: string): Promise<unknown> {
  return page.evaluate(
    (id) =>
      attempt(() =>
        latchkey.fetch("jira", "/rest/api/3/myself", id === undefined ? {} : { site: id }),
      ),
    site,
  );
}

async function connectBothSites(page: Page): Promise<void> {
  await page.evaluate(() => void latchkey.connect("jira"));
  await page.getByRole("checkbox", { name: "Globex" }).check();
  await allow(page);
  await page.waitForURL(/outcome=connected/);
  await ready(page);
}
