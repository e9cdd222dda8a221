import { expect } from "vitest";
import type { Page } from "playwright-core";
import { test } from "./client-test.ts";
import { connect, lookAgain, stopClock, watchCalls } from "./front-end.ts";

const ASK = "GET /connections/jira/token";
const REFRESH = "POST /connections/jira/refresh";

test.beforeEach(async ({ app, emulator }) => {
  await emulator.configure({ consent: "allow" });
  await connect(app, "jira");
});

test("many calls share one request, and later ones need none", async ({ app, emulator }) => {
  const calls = watchCalls(app);
  const tokens = await app.evaluate(async () => {
    const first = await Promise.all(Array.from({ length: 20 }, () => latchkey.token("jira")));
    return [...first, await latchkey.token("jira")];
  });
  expect(calls).toEqual([ASK]);
  expect(new Set(tokens.map(({ accessToken }) => accessToken)).size).toBe(1);
  const [shared] = tokens;
  expect(shared).toEqual({
    accessToken: expect.any(String),
    tokenType: "Bearer",
    expiresAt: expect.stringMatching(/Z$/),
    expiresIn: expect.any(Number),
    scopes: expect.arrayContaining(["read:jira-work"]),
  });
  const owner = await emulator.whose(shared?.accessToken ?? "");
  expect(owner).toMatchObject({ provider: "jira", alive: true });
});

test("a token is kept as long as a minute of it is left", async ({ app, frontEnd }) => {
  await stopClock(app, frontEnd.origin);
  const calls = watchCalls(app);
  const { expiresIn } = await token(app);
  await app.clock.runFor((expiresIn - 60) * 1_000);
  expect((await token(app)).expiresIn).toBe(60);
  expect(calls).toEqual([ASK]);
  await app.clock.runFor(1);
  await token(app);
  expect(calls).toEqual([ASK, ASK]);
});

test("a rejected token leads to one refresh, whoever reports it", async ({ app, emulator }) => {
  const { accessToken: rejected } = await token(app);
  await emulator.expireAccessTokens();
  const calls = watchCalls(app);
  const tokens = await app.evaluate(async (old) => {
    const ask = () => latchkey.token("jira", { rejected: old });
    const first = await Promise.all([ask(), ask(), ask()]);
    return [...first, await ask(), await latchkey.token("jira")];
  }, rejected);
  expect(calls).toEqual([REFRESH]);
  const different = new Set(tokens.map(({ accessToken }) => accessToken));
  expect(different.size).toBe(1);
  expect(different.has(rejected)).toBe(false);
  expect(await emulator.whose([...different][0] ?? "")).toMatchObject({ alive: true });
});

test("a rejected token is not handed out again", async ({ app, latchkey }) => {
  const { accessToken: rejected } = await token(app);
  await app.route(`${latchkey.origin}/connections/jira/refresh`, (route) => route.abort());
  const calls = watchCalls(app);
  await app.evaluate(
    (old) => attempt(() => window.latchkey.token("jira", { rejected: old })),
    rejected,
  );
  await token(app);
  expect(calls).toEqual([REFRESH, ASK]);
});

test("a failure is shared, but not kept", async ({ app, latchkey }) => {
  const calls = watchCalls(app);
  await app.route(`${latchkey.origin}/connections/jira/token`, (route) => route.abort(), {
    times: 1,
  });
  const failed = await app.evaluate(() => {
    const ask = () => attempt(() => window.latchkey.token("jira"));
    return Promise.all([ask(), ask()]);
  });
  expect(failed).toMatchObject([{ code: "unreachable" }, { code: "unreachable" }]);
  expect(calls).toEqual([ASK]);
  expect(await token(app)).toMatchObject({ tokenType: "Bearer" });
});

test.for<[string, (app: Page, openTab: () => Promise<Page>) => Promise<unknown>]>([
  ["a disconnect", disconnectBitbucket],
  ["one in another tab", async (_, openTab) => disconnectBitbucket(await openTab())],
  ["coming back to the tab", lookAgain],
  ["a call that says there is no such connection", callBitbucket],
])("%s makes the kept tokens be forgotten", async ([, change], { app, tab }) => {
  await token(app);
  const calls = watchCalls(app);
  await change(app, tab);
  await expect
    .poll(async () => {
      await token(app);
      return calls;
    })
    .toContain(ASK);
});

test("what was under way when something changed is not kept", async ({ app, latchkey }) => {
  const held = Promise.withResolvers<void>();
  await app.route(
    `${latchkey.origin}/connections/jira/token`,
    async (route) => {
      await held.promise;
      await route.continue();
    },
    { times: 1 },
  );
  const calls = watchCalls(app);
  const early = token(app);
  await expect.poll(() => calls).toEqual([ASK]);
  await lookAgain(app);
  held.resolve();
  await early;
  await token(app);
  expect(calls).toEqual([ASK, ASK]);
});

function token(page: Page) {
  return page.evaluate(() => latchkey.token("jira"));
}

function disconnectBitbucket(page: Page) {
  return page.evaluate(() => latchkey.disconnect("bitbucket"));
}

function callBitbucket(page: Page) {
  return page.evaluate(() => attempt(() => latchkey.fetch("bitbucket", "/2.0/user")));
}
