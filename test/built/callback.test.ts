import { expect } from "vitest";
import type { Page } from "playwright-core";
import { test } from "./browser-test.ts";
import * as person from "./connections-page.ts";

const SESSION = "__Host-Http-latchkey=";
const FLOW = "__Host-Http-latchkey-flow-";

test("from a clicked consent page the callback comes cross-site, without the session, and works", async ({
  page,
  context,
}) => {
  await person.openConnections(page);
  await person.connect(page, "Bitbucket");
  expect((await context.cookies()).map(({ sameSite }) => sameSite)).toEqual(["Strict"]);

  const callback = callbackHeaders(page);
  await person.connect(page, "Jira");
  const { "sec-fetch-site": site, "sec-fetch-mode": mode, cookie = "" } = await callback;
  expect({ site, mode }).toEqual({ site: "cross-site", mode: "navigate" });
  expect(cookie).toContain(FLOW);
  expect(cookie).not.toContain(SESSION);
  expect(await person.statuses(page)).toEqual(["Connected", "Connected"]);
});

test("from a provider that redirects at once the callback comes cross-site, and works", async ({
  page,
  emulator,
}) => {
  await person.openConnections(page);
  await person.connect(page, "Bitbucket");

  await emulator.configure({ consent: "allow" });
  const callback = callbackHeaders(page);
  await page.getByRole("link", { name: "Connect Jira" }).click();
  await person.expectNotice(page, "Jira is connected.");
  const { "sec-fetch-site": site, cookie } = await callback;
  expect(site).toBe("cross-site");
  expect(cookie).toContain(FLOW);
  expect(await person.statuses(page)).toEqual(["Connected", "Connected"]);
});

test("the same callback once more is refused in plain words, and changes nothing", async ({
  page,
  context,
  emulator,
}) => {
  await person.openConnections(page);
  await person.startConnecting(page, "Jira");
  const before = await context.cookies();
  const callback = page.waitForRequest((request) => request.url().includes("/auth/jira/callback"));
  await person.allow(page);
  await person.expectNotice(page, "Jira is connected.");

  // The flow's cookie as well, which the first arrival took away.
  await context.addCookies(before);
  const again = await page.goto((await callback).url());
  expect(again?.status()).toBe(400);
  await page
    .getByRole("heading", { name: "This connection attempt cannot be completed" })
    .waitFor();
  await page.getByRole("link", { name: "Back to your connections" }).click();
  await person.settled(page);
  expect(await person.statuses(page)).toEqual(["Not connected", "Connected"]);
  expect(await emulator.requests({ endpoint: "token" })).toHaveLength(1);
});

/** What the browser really sent with the next callback, cookies included. */
async function callbackHeaders(page: Page): Promise<Readonly<Record<string, string>>> {
  const request = await page.waitForRequest((candidate) => candidate.url().includes("/callback?"));
  return request.allHeaders();
}
