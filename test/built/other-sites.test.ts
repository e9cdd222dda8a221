import { afterAll, expect } from "vitest";
import type { Page } from "playwright-core";
import { test as base } from "./browser-test.ts";
import * as person from "./connections-page.ts";
import { serveSite } from "./serve-site.ts";

const stranger = await serveSite("127.0.0.1");
const frontEnd = await serveSite("localhost");
const farFrontEnd = await serveSite("127.0.0.1");
afterAll(async () => {
  for (const site of [stranger, frontEnd, farFrontEnd]) await site.close();
});

const test = base.override("vars", { scope: "file" }, () => ({
  APP_ORIGINS: `${frontEnd.origin} ${farFrontEnd.origin}`,
}));

test.for<[string, (page: Page, target: string) => Promise<Page>]>([
  ["links to", (page, target) => followLink(page, target)],
  ["redirects to", (page, target) => followLink(page, `/away?to=${encodeURIComponent(target)}`)],
  ["sends itself to", (page, target) => sendItself(page, target)],
  ["opens a window with", (page, target) => openWindow(page, target)],
])(
  "a page of another site that %s a start gets the person asked first",
  async ([, go], { page, context, latchkey }) => {
    const start = `${latchkey.origin}/auth/jira`;
    await page.goto(stranger.origin);
    const arrived = await go(page, start);
    await arrived.getByRole("heading", { name: "Do you want to connect an account?" }).waitFor();
    expect(arrived.url()).toBe(start);
    expect(await context.cookies()).toEqual([]);

    await arrived.getByRole("link", { name: "Continue" }).click();
    await arrived.getByRole("heading", { name: "Grant access?" }).waitFor();
    await person.allow(arrived);
    await person.expectNotice(arrived, "Jira is connected.");
  },
);

test("no other page can frame one of ours", async ({ page, latchkey }) => {
  await page.goto(stranger.origin);
  for (const path of ["/", "/auth/jira", "/nothing"]) {
    const refused = page.waitForEvent("console", (message) =>
      message.text().includes("frame-ancestors 'none'"),
    );
    await page.evaluate((url) => {
      const frame = document.createElement("iframe");
      frame.src = url;
      document.body.replaceChildren(frame);
    }, latchkey.origin + path);
    await refused;
  }
});

test("a front-end of this site starts a flow by a link and gets the person back", async ({
  page,
  latchkey,
}) => {
  await page.goto(frontEnd.origin);
  const returnTo = encodeURIComponent(`${frontEnd.origin}/board?view=1#top`);
  await followLink(page, `${latchkey.origin}/auth/jira?return_to=${returnTo}`);
  await person.allow(page);
  await page.waitForURL((url) => url.origin === frontEnd.origin);
  expect(page.url()).toBe(`${frontEnd.origin}/board?view=1&provider=jira&outcome=connected#top`);
});

test("its script reads connections and tokens with the session", async ({ page, latchkey }) => {
  await person.openConnections(page);
  await person.connect(page, "Jira");

  await page.goto(frontEnd.origin);
  const list = await callFrom(page, `${latchkey.origin}/connections`, { "X-Latchkey": "1" });
  expect(list).toMatchObject({
    status: 200,
    body: { connections: [{ status: "not_connected" }, { status: "connected" }] },
  });
  const token = await callFrom(page, `${latchkey.origin}/connections/jira/token`, {
    "X-Latchkey": "1",
  });
  expect(token).toMatchObject({ status: 200, body: { token_type: "Bearer" } });
  expect(await callFrom(page, `${latchkey.origin}/connections`, {})).toMatchObject({
    status: 403,
    body: { code: "csrf_header_missing" },
  });
});

test("a script of a foreign origin reads nothing, with or without the header", async ({
  page,
  latchkey,
}) => {
  await person.openConnections(page);
  await person.connect(page, "Jira");
  await page.goto(stranger.origin);
  for (const headers of [{}, { "X-Latchkey": "1" }]) {
    const answer = await callFrom(page, `${latchkey.origin}/connections/jira/token`, headers);
    expect(answer).toBe("TypeError");
  }
});

test("an allowed front-end of another site is told why it gets nothing", async ({
  page,
  latchkey,
}) => {
  await page.goto(farFrontEnd.origin);
  const headers = { "X-Latchkey": "1" };
  expect(await callFrom(page, `${latchkey.origin}/connections`, headers)).toMatchObject({
    status: 403,
    body: { code: "cross_site_front_end" },
  });
});

async function followLink(page: Page, href: string): Promise<Page> {
  await page.setContent(`<a>away</a>`);
  await page.locator("a").evaluate((link, url) => link.setAttribute("href", url), href);
  await page.locator("a").click();
  return page;
}

async function sendItself(page: Page, target: string): Promise<Page> {
  await page.evaluate((url) => location.assign(url), target);
  return page;
}

async function openWindow(page: Page, target: string): Promise<Page> {
  const opened = page.waitForEvent("popup");
  await page.evaluate((url) => void open(url), target);
  return opened;
}

/** A credentialed `fetch` of the page's script: the answer, or the name of the error. */
function callFrom(page: Page, url: string, headers: Record<string, string>): Promise<unknown> {
  return page.evaluate(
    async ([address, sent]) => {
      try {
        const response = await fetch(address, { credentials: "include", headers: sent });
        return { status: response.status, body: await response.json() };
      } catch (error) {
        return error instanceof Error ? error.name : typeof error;
      }
    },
    [url, headers] as const,
  );
}
