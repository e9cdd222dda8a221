import { expect } from "vitest";
import type { Page } from "playwright-core";
import { test } from "./client-test.ts";
import { connect, lookAgain } from "./front-end.ts";

test.for<[string, (here: Page, there: Page) => Promise<unknown>]>([
  ["a disconnect here", (here) => here.evaluate(() => latchkey.disconnect("jira"))],
  ["a disconnect there", (_, there) => there.evaluate(() => latchkey.disconnect("jira"))],
  ["forgetting here", (here) => here.evaluate(() => latchkey.forget())],
  ["forgetting there", (_, there) => there.evaluate(() => latchkey.forget())],
  ["connecting there", (_, there) => connect(there, "jira")],
  ["coming back to this tab", lookAgain],
])("a front-end hears of %s", async ([, change], { app, tab, emulator }) => {
  await emulator.configure({ consent: "allow" });
  const there = await tab();
  expect(await app.evaluate(() => changes)).toBe(0);
  await change(app, there);
  await expect.poll(() => app.evaluate(() => changes)).toBe(1);
});

test("not of a tab that is left, and nothing after it unsubscribed", async ({ app, tab }) => {
  const heard = await app.evaluate(async () => {
    const listened: string[] = [];
    const listener = () => void listened.push("kept");
    latchkey.onChange(listener);
    const end = latchkey.onChange(listener);
    const ended = latchkey.onChange(() => void listened.push("ended"));
    end();
    ended();
    Object.defineProperty(document, "visibilityState", { value: "hidden", configurable: true });
    document.dispatchEvent(new Event("visibilitychange"));
    const whenLeft = listened.length;
    await latchkey.disconnect("jira");
    return { whenLeft, listened };
  });
  expect(heard).toEqual({ whenLeft: 0, listened: ["kept"] });
  await (await tab()).evaluate(() => latchkey.disconnect("jira"));
});

test("a listener that throws is its own affair", async ({ app }) => {
  const reported = app.waitForEvent("pageerror");
  const receipt = await app.evaluate(() => {
    latchkey.onChange(() => {
      throw new Error("mine");
    });
    return latchkey.forget();
  });
  expect(receipt).toEqual({
    object: "deleted",
    kv: "deleted",
    cookies: "cleared",
    connections: [],
  });
  expect((await reported).message).toBe("mine");
});

test("an answer that got lost may have been one that says it is done", async ({
  app,
  latchkey,
}) => {
  await app.route(`${latchkey.origin}/session`, (route) => route.abort());
  expect(await app.evaluate(() => attempt(() => window.latchkey.forget()))).toMatchObject({
    code: "unreachable",
  });
  expect(await app.evaluate(() => changes)).toBe(1);
});

test("disconnecting tells where the rest is to be done", async ({ app }) => {
  expect(await app.evaluate(() => latchkey.disconnect("bitbucket"))).toEqual({
    provider: "bitbucket",
    local: "deleted",
    remote: "not_supported",
    manageUrl: expect.stringMatching(/^https:\/\/bitbucket\.org\//),
  });
});
