import { afterAll, expect } from "vitest";
import type { Page } from "playwright-core";
import { serveSite } from "../serve-site.ts";
import { test as base } from "./client-test.ts";
import { FRONT_END, openFrontEnd } from "./front-end.ts";

const farFrontEnd = await serveSite("127.0.0.1", FRONT_END);
const stranger = await serveSite("127.0.0.1", FRONT_END);
const neighbour = await serveSite("localhost", FRONT_END);
const sites = [farFrontEnd, stranger, neighbour];
afterAll(() => Promise.all(sites.map((site) => site.close())));

const test = base.override("vars", { scope: "file" }, ({ frontEnd }) => ({
  APP_ORIGINS: `${frontEnd.origin} ${farFrontEnd.origin}`,
}));

test("from an allowed origin of this site the client works", async ({ app }) => {
  expect(await listFrom(app)).toMatchObject([{ status: "not_connected" }, {}]);
});

test("from an allowed origin of another site it says why it does not", async ({ app }) => {
  await openFrontEnd(app, farFrontEnd.origin);
  expect(await listFrom(app)).toMatchObject({ code: "cross_site_front_end", status: 403 });
});

test("from any other origin it can be imported, but its calls are refused", async ({ app }) => {
  for (const { origin } of [stranger, neighbour]) {
    await openFrontEnd(app, origin);
    expect(await listFrom(app)).toMatchObject({ code: "unreachable" });
    const called = await app.evaluate(() =>
      attempt(() => latchkey.fetch("bitbucket", "/2.0/user")),
    );
    expect(called).toEqual({ error: "TypeError" });
  }
});

test("the module says what it is, and may be kept for a while", async ({ latchkey }) => {
  const { headers } = await fetch(`${latchkey.origin}/client.js`);
  expect(Object.fromEntries(headers)).toMatchObject({
    "access-control-allow-origin": "*",
    "cache-control": "public, max-age=300",
    "content-type": "text/javascript; charset=utf-8",
  });
});

function listFrom(page: Page): Promise<unknown> {
  return page.evaluate(() => attempt(() => latchkey.connections()));
}
