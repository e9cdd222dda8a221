import { expect } from "vitest";
import type { Page } from "playwright-core";
import type { Fault } from "../../emulator/fault.ts";
import { test } from "./client-test.ts";
import { connect, watchCalls } from "./front-end.ts";

interface Init {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string;
}

const API = "/2.0/user/workspaces";
const PROBLEM = { "content-type": "application/problem+json" };

test.beforeEach(async ({ app, emulator }) => {
  await emulator.configure({ consent: "allow", bitbucketScopes: ["account"] });
  await connect(app, "bitbucket");
});

test("a call brings what the provider answers", async ({ app }) => {
  const { body } = (await call(app, `${API}?pagelen=1`)) as { body: string };
  expect(JSON.parse(body)).toMatchObject({ pagelen: 1 });
});

test("a call carries its own headers and body, and no token", async ({ app, emulator }) => {
  await call(app, API, {
    method: "PUT",
    headers: { "Content-Type": "application/json", "If-Match": '"1"' },
    body: '{"a":1}',
  });
  const [request] = await emulator.requests({ endpoint: "api", method: "PUT" });
  expect(request).toMatchObject({
    headers: { "content-type": "application/json", "if-match": '"1"' },
    bodyText: '{"a":1}',
  });
});

test.for<[status: number, path: string, body: string, fault?: Fault]>([
  [404, "/2.0/nothing", "Resource not found"],
  [403, "/2.0/repositories/acme/web", "lack one or more required privilege scopes"],
  [429, API, "slow down", {}],
  // A problem of the provider's own, or a file that somebody uploaded and says to be one.
  [400, API, '{"title":"no such workspace"}', { headers: PROBLEM }],
  [401, API, '{"code":"reconnect_required","connect_url":"javascript:0"}', { headers: PROBLEM }],
  [200, API, '{"code":"reconnect_required"}', { headers: PROBLEM }],
])(
  "a %i of the provider is an answer like any other: %s, %s",
  async ([status, path, body, fault], { app, emulator }) => {
    if (fault) await emulator.fault({ ...fault, endpoint: "api", status, body, times: "always" });
    expect(await call(app, path)).toEqual({ status, body: expect.stringContaining(body) });
  },
);

test("without an answer a call rejects as fetch does", async ({ app, latchkey }) => {
  const aborted = await app.evaluate(() =>
    attempt(() => window.latchkey.fetch("bitbucket", "/2.0/user", { signal: AbortSignal.abort() })),
  );
  expect(aborted).toEqual({ error: "AbortError" });
  await app.route(`${latchkey.origin}/api/**`, (route) => route.abort());
  expect(await call(app, API)).toEqual({ error: "TypeError" });
});

test("an id that is a path leads nowhere else", async ({ app }) => {
  const calls = watchCalls(app);
  for (const path of ["/../../session", "/2.0/../../../session", "/%2e%2e/%2e%2e/session"]) {
    expect(await call(app, path, { method: "DELETE" })).toEqual({ error: "TypeError" });
  }
  expect(calls).toEqual([]);
});

test.for(["../session", "../session?", "..\\session", "./../session#", "%2e%2e/session"])(
  "nor does a provider's name: %j",
  async (name, { app }) => {
    const calls = watchCalls(app);
    const outcomes = await app.evaluate(
      (provider) =>
        Promise.all([
          attempt(() => latchkey.disconnect(provider as "jira")),
          attempt(() => latchkey.token(provider as "jira")),
          attempt(() => latchkey.fetch(provider as "bitbucket", "/2.0/user")),
          attempt(() => latchkey.connect(provider as "jira")),
          attempt(() => latchkey.connect(provider as "jira", { popup: true })),
        ]),
      name,
    );
    expect(outcomes).toEqual(outcomes.map(() => ({ error: "TypeError" })));
    expect(calls).toEqual([]);
  },
);

function call(page: Page, path: string, init: Init = {}): Promise<unknown> {
  return page.evaluate(
    ([target, sent]) => attempt(() => latchkey.fetch("bitbucket", target, sent)),
    [path, init] as const,
  );
}
