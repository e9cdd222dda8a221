import { expect } from "vitest";
import type { Page } from "playwright-core";
import type { EmulatorControl } from "../../emulator/control-emulator.ts";
import { test } from "./client-test.ts";
import { connect } from "./front-end.ts";

interface Details {
  readonly status?: number;
  readonly retryAfter?: number;
  /** The path of `connectUrl`. */
  readonly connect?: string;
}

type Cause = (app: Page, emulator: EmulatorControl, origin: string) => Promise<unknown>;

const token = (app: Page) => app.evaluate(() => attempt(() => latchkey.token("jira")));
const call = (app: Page, path: string) =>
  app.evaluate((target) => attempt(() => latchkey.fetch("bitbucket", target)), path);

test.for<[code: string, details: Details, cause: Cause]>([
  ["not_connected", { status: 401, connect: "/auth/jira" }, token],
  ["not_connected", { status: 401, connect: "/auth/bitbucket" }, (app) => call(app, "/2.0/user")],
  [
    "reconnect_required",
    { status: 401, connect: "/auth/bitbucket" },
    async (app, emulator) => {
      await connect(app, "bitbucket");
      await emulator.revokeGrants();
      return call(app, "/2.0/user");
    },
  ],
  [
    "provider_unavailable",
    { status: 503, retryAfter: 5 },
    async (app, emulator) => {
      await connect(app, "bitbucket");
      await emulator.fault({ endpoint: "api", reset: true, times: "always" });
      return call(app, "/2.0/user/workspaces");
    },
  ],
  [
    "unknown_site",
    { status: 404 },
    async (app) => {
      await connect(app, "jira");
      const path = "/rest/api/3/myself";
      return app.evaluate(
        (target) => attempt(() => latchkey.fetch("jira", target, { site: "nowhere" })),
        path,
      );
    },
  ],
  ["invalid_path", { status: 400 }, (app) => call(app, "/2.0//user")],
  ["not_found", { status: 404 }, (app) => call(app, "/3.0/user")],
  [
    "rate_limited",
    { status: 429, retryAfter: 12 },
    (app, _, origin) =>
      answerWith(app, origin, {
        status: 429,
        headers: { "Retry-After": "12", "Content-Type": "application/problem+json" },
        body: '{"code":"rate_limited"}',
      }),
  ],
  [
    "unexpected_answer",
    { status: 200 },
    (app, _, origin) => answerWith(app, origin, { status: 200, body: "<p>Log in to this network" }),
  ],
  [
    "unexpected_answer",
    { status: 200 },
    (app, _, origin) => answerWith(app, origin, { status: 200, body: "{}" }),
  ],
  [
    "unreachable",
    {},
    async (app, _, origin) => {
      await app.route(`${origin}/connections/**`, (route) => route.abort());
      return token(app);
    },
  ],
  [
    "unreachable",
    {},
    async (app, _, origin) => {
      // Never answered: the time is up when the page says so.
      await app.route(`${origin}/connections/**`, () => {});
      return app.evaluate(async () => {
        const { promise, resolve } = Promise.withResolvers<number>();
        AbortSignal.timeout = (milliseconds) => {
          const controller = new AbortController();
          setTimeout(() => controller.abort(new DOMException("", "TimeoutError")));
          resolve(milliseconds);
          return controller.signal;
        };
        const error = await attempt(() => latchkey.token("jira"));
        if ((await promise) !== 30_000) throw new Error("another time than promised");
        return error;
      });
    },
  ],
])(
  "%s is thrown with what there is to do about it: %o",
  async ([code, { connect: path, ...rest }, cause], { app, emulator, latchkey }) => {
    await emulator.configure({ consent: "allow" });
    expect(await cause(app, emulator, latchkey.origin)).toEqual({
      name: "LatchkeyError",
      code,
      ...rest,
      connectUrl: path && latchkey.origin + path,
    });
  },
);

/** Every answer to a script is this one. */
async function answerWith(
  app: Page,
  origin: string,
  answer: { status: number; headers?: Record<string, string>; body: string },
): Promise<unknown> {
  const headers = {
    "Access-Control-Allow-Origin": new URL(app.url()).origin,
    "Access-Control-Allow-Credentials": "true",
    "Access-Control-Allow-Headers": "X-Latchkey",
    "Access-Control-Expose-Headers": "Retry-After",
    ...answer.headers,
  };
  await app.route(`${origin}/connections/**`, (route) => route.fulfill({ ...answer, headers }));
  return token(app);
}
