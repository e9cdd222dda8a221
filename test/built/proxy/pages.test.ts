// The proxy as pages see it: those of an allowed origin, those of a foreign one, and its own.
import { afterAll, expect } from "vitest";
import type { Page } from "playwright-core";
import { test as base } from "../browser-test.ts";
import * as person from "../connections-page.ts";
import { serveSite } from "../serve-site.ts";

const frontEnd = await serveSite("localhost");
const foreign = await serveSite("localhost");
const farFrontEnd = await serveSite("127.0.0.1");
afterAll(async () => {
  for (const site of [frontEnd, foreign, farFrontEnd]) await site.close();
});

const test = base.override("vars", { scope: "file" }, () => ({
  APP_ORIGINS: `${frontEnd.origin} ${farFrontEnd.origin}`,
}));

const FILE = "/api/bitbucket/2.0/repositories/a/b/src/main/page.html";

interface Call {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

async function connectAndOpen(page: Page, origin: string): Promise<void> {
  await person.openConnections(page);
  await person.connect(page, "Bitbucket");
  await page.goto(origin);
}

/** A credentialed `fetch` of the page's script: what it can read of the answer. */
function callFrom(page: Page, url: string, call: Call = {}) {
  return page.evaluate(
    async ([address, { headers, ...rest }]) => {
      try {
        const response = await fetch(address, {
          ...rest,
          credentials: "include",
          headers: { "X-Latchkey": "1", ...headers },
        });
        const { status, url: finalUrl } = response;
        const readable = Object.fromEntries(response.headers);
        return { status, url: finalUrl, headers: readable, text: await response.text() };
      } catch (error) {
        return String(error);
      }
    },
    [url, call] as const,
  );
}

test("a script of an allowed origin reads answers and the headers that are promised", async ({
  page,
  latchkey,
}) => {
  await connectAndOpen(page, frontEnd.origin);
  const answer = await callFrom(page, latchkey.origin + FILE, {
    headers: { Range: "bytes=0-8", "If-Match": '"x"', "Accept-Language": "de" },
  });
  expect(answer).toMatchObject({
    status: 206,
    text: "<!doctype",
    headers: {
      "accept-ranges": "bytes",
      "content-range": "bytes 0-8/1380",
      "content-type": "text/html; charset=utf-8",
      etag: expect.stringMatching(/^"/),
      "x-ratelimit-limit": "1000",
      "x-ratelimit-reset": expect.stringMatching(/^\d+$/),
    },
  });
});

test.for(["POST", "PUT", "PATCH", "DELETE"])(
  "it may %s, with a body",
  async (method, { page, latchkey, emulator }) => {
    await connectAndOpen(page, frontEnd.origin);
    const url = `${latchkey.origin}/api/bitbucket/2.0/x%2Fy`;
    const headers = { "Content-Type": "application/json", "X-Atlassian-Token": "no-check" };
    await callFrom(page, url, { method, headers, body: "{}" });
    const [call] = await emulator.requests({ path: "/2.0/x%2Fy" });
    expect(call).toMatchObject({ method, bodyText: "{}" });
  },
);

test("the browser follows a redirect inside the API, through the proxy", async ({
  page,
  latchkey,
}) => {
  await connectAndOpen(page, frontEnd.origin);
  const diff = "/api/bitbucket/2.0/repositories/a/b/pullrequests/7/diff";
  expect(await callFrom(page, latchkey.origin + diff)).toMatchObject({
    status: 200,
    url: `${latchkey.origin}/api/bitbucket/2.0/repositories/a/b/diff/pr-7?topic=true`,
    text: "diff --git a/pr-7 b/pr-7\n",
  });
});

test("Latchkey's own refusals can be read", async ({ page, latchkey }) => {
  await page.goto(frontEnd.origin);
  const answer = await callFrom(page, `${latchkey.origin}/api/bitbucket/2.0/user`);
  expect(answer).toMatchObject({ status: 401, text: expect.stringContaining("not_connected") });
});

test("a script of a foreign origin reads nothing and causes nothing", async ({
  page,
  latchkey,
  emulator,
}) => {
  await connectAndOpen(page, foreign.origin);
  const sent = (await emulator.requests()).length;
  for (const method of ["GET", "POST", "DELETE"]) {
    const answer = await callFrom(page, `${latchkey.origin}/api/bitbucket/2.0/user`, { method });
    expect(answer).toBe("TypeError: Failed to fetch");
  }
  // What a page may send without asking first.
  await page.evaluate(async (url) => {
    await fetch(url, { method: "POST", mode: "no-cors", credentials: "include", body: "a=b" });
  }, `${latchkey.origin}/api/bitbucket/2.0/user`);
  expect(await emulator.requests()).toHaveLength(sent);
});

test("an allowed origin on another site is told why it gets nothing", async ({
  page,
  latchkey,
}) => {
  await connectAndOpen(page, farFrontEnd.origin);
  const answer = await callFrom(page, `${latchkey.origin}/api/bitbucket/2.0/user`);
  const code = expect.stringContaining("cross_site_front_end");
  expect(answer).toMatchObject({ status: 403, text: code });
});

test("a page cannot be made of what a provider sent: no address of the proxy opens", async ({
  page,
  latchkey,
  emulator,
}) => {
  await connectAndOpen(page, latchkey.origin);
  const sent = (await emulator.requests()).length;
  const opened = await page.goto(latchkey.origin + FILE);
  expect(opened?.status()).toBe(403);
  await page.getByRole("heading", { name: "Header missing" }).waitFor();
  expect(await page.title()).not.toBe("ran");
  expect(await emulator.requests()).toHaveLength(sent);
});

test("nothing on our own origin can load or run it", async ({ page, latchkey, emulator }) => {
  await connectAndOpen(page, latchkey.origin);
  const sent = (await emulator.requests()).length;
  const outcomes = await page.evaluate(async (url) => {
    const load = (name: string, field: string) =>
      new Promise<string>((resolve) => {
        const element = document.createElement(name);
        element.addEventListener("load", () => resolve("loaded"));
        element.addEventListener("error", () => resolve("refused"));
        element.setAttribute(field, url);
        if (name === "link") element.setAttribute("rel", "stylesheet");
        document.head.append(element);
      });
    const worker = await navigator.serviceWorker.register(url).then(
      () => "loaded",
      () => "refused",
    );
    return [
      await load("script", "src"),
      await load("img", "src"),
      await load("link", "href"),
      worker,
    ];
  }, FILE);
  expect(outcomes).toEqual(["refused", "refused", "refused", "refused"]);
  expect(await emulator.requests()).toHaveLength(sent);
});
