import { expect } from "vitest";
import type { Page } from "playwright-core";
import { allow, refuse } from "../connections-page.ts";
import { test } from "./client-test.ts";
import { connect, openFrontEnd, stopClock, watchCalls } from "./front-end.ts";

const ISOLATED = { "Cross-Origin-Opener-Policy": "same-origin" };

test.for([
  { opener: "is known to the provider's page", headers: {}, looksClosed: false },
  { opener: "was cut off by it", headers: ISOLATED, looksClosed: true },
])(
  "a popup reports that it connected, and closes, if its opener $opener",
  async ({ headers, looksClosed }, { app, emulator }) => {
    await emulator.fault({ endpoint: "authorize", headers, times: "always" });
    const popup = await openPopup(app);
    await expect.poll(() => app.evaluate(() => opened?.closed)).toBe(looksClosed);
    expect(await popup.evaluate(() => window.opener)).toBeNull();

    const closed = popup.waitForEvent("close");
    await allow(popup);
    expect(await app.evaluate(() => ended)).toEqual({ provider: "jira", outcome: "connected" });
    await closed;
    expect(await app.evaluate(() => changes)).toBe(1);
    const [, jira] = await app.evaluate(() => latchkey.connections());
    expect(jira).toMatchObject({ status: "connected" });
  },
);

test("one in which the person refuses says so", async ({ app }) => {
  const popup = await openPopup(app);
  const closed = popup.waitForEvent("close");
  await refuse(popup);
  expect(await app.evaluate(() => ended)).toEqual({ provider: "jira", outcome: "denied" });
  await closed;
});

test("one whose flow fails says why", async ({ app, emulator }) => {
  const popup = await openPopup(app);
  await emulator.fault({ endpoint: "token", status: 503, times: "always" });
  await allow(popup);
  expect(await app.evaluate(() => ended)).toEqual({
    provider: "jira",
    outcome: "failed",
    reason: "provider_unavailable",
  });
});

test("one that the browser did not open is told", async ({ app }) => {
  const error = await app.evaluate(() => {
    window.open = () => null;
    return attempt(() => latchkey.connect("jira", { popup: true }));
  });
  expect(error).toMatchObject({ name: "LatchkeyError", code: "popup_blocked" });
});

test("it comes back to the page it is told", async ({ app, frontEnd }) => {
  await openFrontEnd(app, `${frontEnd.origin}/board/1?view=1`);
  const popup = await openPopup(app, "../done?a=b");
  const back = popup.waitForRequest((request) => request.url().startsWith(frontEnd.origin));
  await allow(popup);
  const { pathname, search } = new URL((await back).url());
  expect(pathname).toBe("/done");
  expect(search).toMatch(/^\?a=b&latchkey_popup=[\w-]{36}&provider=jira&outcome=connected$/);
});

test("of two, each reports to the call that opened it", async ({ app }) => {
  const first = await openPopup(app);
  await app.evaluate(() => {
    globalThis.endedFirst = ended;
  });
  const second = await openPopup(app);
  await refuse(second);
  expect(await app.evaluate(() => ended)).toMatchObject({ outcome: "denied" });
  await allow(first);
  expect(await app.evaluate(() => endedFirst)).toMatchObject({ outcome: "connected" });
});

test.for([
  { end: "closes it", wait: 2_000, leave: closeAndComeBack },
  { end: "leaves it open for ten minutes", wait: 600_000, leave: async () => {} },
])("a person who $end has abandoned it", async ({ wait, leave }, { app, emulator, frontEnd }) => {
  await emulator.configure({ consent: "allow" });
  await connect(app, "jira");
  await emulator.configure({ consent: "page" });
  await stopClock(app, frontEnd.origin);

  const popup = await openPopup(app);
  const calls = watchCalls(app);
  await leave(app, popup);
  await app.clock.runFor(wait - 1);
  expect(calls).toEqual([]);
  await app.clock.runFor(1);
  expect(await app.evaluate(() => ended)).toEqual({ provider: "jira", outcome: "abandoned" });
  // It asked once, and nothing of it is left to ask again.
  await comeBack(app);
  await app.clock.runFor(1_000_000);
  expect(calls).toEqual(["GET /connections"]);
});

test.for([
  { before: "nothing was connected", connected: false },
  { before: "there was a connection", connected: true },
])(
  "without its report, what is connected decides: $before",
  async ({ connected }, { app, tab, emulator, frontEnd }) => {
    await emulator.configure({ consent: "allow" });
    if (connected) await connectInThePast(app);
    await emulator.configure({ consent: "page" });
    await stopClock(app, frontEnd.origin);
    const other = await tab();

    const popup = await openPopup(app);
    await popup.route("**/client.js", (route) => route.abort());
    await allow(popup);
    await popup.waitForURL(/outcome=connected/);
    await closeAndComeBack(app, popup);
    await app.clock.runFor(2_000);
    expect(await app.evaluate(() => ended)).toEqual({ provider: "jira", outcome: "connected" });
    for (const page of [app, other]) {
      await expect.poll(() => page.evaluate(() => changes)).toBe(1);
    }
  },
);

test("without its report it is abandoned, when nobody knows what was connected before", async ({
  app,
  emulator,
  frontEnd,
  latchkey,
}) => {
  await emulator.configure({ consent: "allow" });
  await connectInThePast(app);
  await emulator.configure({ consent: "page" });
  await stopClock(app, frontEnd.origin);
  const listed = `${latchkey.origin}/connections`;
  await app.route(listed, (route) => route.fulfill({ status: 500 }));
  const popup = await openPopup(app);
  await app.unroute(listed);
  await closeAndComeBack(app, popup);
  await app.clock.runFor(2_000);
  expect(await app.evaluate(() => ended)).toMatchObject({ outcome: "abandoned" });
});

test("a report that comes too late is still a change", async ({ app, frontEnd }) => {
  await stopClock(app, frontEnd.origin);
  const popup = await openPopup(app);
  await comeBack(app);
  await app.clock.runFor(2_000);
  expect(await app.evaluate(() => ended)).toMatchObject({ outcome: "abandoned" });
  expect(await app.evaluate(() => changes)).toBe(0);
  await allow(popup);
  await expect.poll(() => app.evaluate(() => changes)).toBe(1);
});

test("a report in time spares the question", async ({ app, frontEnd }) => {
  await stopClock(app, frontEnd.origin);
  const popup = await openPopup(app);
  const calls = watchCalls(app);
  await comeBack(app);
  await app.clock.runFor(1_900);
  await allow(popup);
  expect(await app.evaluate(() => ended)).toMatchObject({ outcome: "connected" });
  await app.clock.runFor(1_000_000);
  expect(calls).toEqual([]);
});

test("no answer to that question is an error, not an outcome", async ({
  app,
  latchkey,
  frontEnd,
}) => {
  await stopClock(app, frontEnd.origin);
  const popup = await openPopup(app);
  await app.route(`${latchkey.origin}/connections`, (route) => route.abort());
  await closeAndComeBack(app, popup);
  await app.clock.runFor(2_000);
  expect(await app.evaluate(() => attempt(() => ended))).toMatchObject({ code: "unreachable" });
});

declare global {
  /** The window that a click opened. */
  var opened: Window | null;
  /** What an earlier click led to. */
  var endedFirst: Promise<unknown>;
}

/** Clicks a button that connects Jira, and stops on the provider's consent page. */
async function openPopup(app: Page, returnTo?: string): Promise<Page> {
  const listed = app.waitForResponse((response) => response.url().endsWith("/connections"));
  await app.evaluate((target) => {
    const open = window.open.bind(window);
    window.open = (...given) => (globalThis.opened = open(...given));
    const button = document.createElement("button");
    button.textContent = "Connect";
    button.addEventListener("click", () => {
      button.remove();
      globalThis.ended = latchkey.connect("jira", { popup: true, returnTo: target });
    });
    document.body.append(button);
  }, returnTo);
  const opening = app.waitForEvent("popup");
  await app.getByRole("button", { name: "Connect" }).click();
  const popup = await opening;
  await popup.getByRole("heading", { name: "Grant access?" }).waitFor();
  await (await listed).finished();
  return popup;
}

async function closeAndComeBack(app: Page, popup: Page): Promise<void> {
  await popup.close();
  await comeBack(app);
}

/** What a browser says when its window is used again: in the headless one all of them always are. */
function comeBack(app: Page): Promise<unknown> {
  return app.evaluate(() => dispatchEvent(new Event("focus")));
}

/** Latchkey tells when something was connected in whole seconds. */
async function connectInThePast(app: Page): Promise<void> {
  await connect(app, "jira");
  const connectedAt = await app.evaluate(async () => {
    const [, jira] = await latchkey.connections();
    return jira?.status === "connected" ? jira.connectedAt : "";
  });
  await expect.poll(() => Date.now() - Date.parse(connectedAt)).toBeGreaterThan(1_000);
}
