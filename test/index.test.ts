import { createExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, expect, test, vi } from "vitest";
import { PUBLIC_URL } from "./worker-bindings.ts";

afterEach(() => void vi.restoreAllMocks());

/** Work that a request should do. Timers are not watched: the test runner has its own. */
function watchWork() {
  return [
    vi.spyOn(globalThis, "fetch"),
    vi.spyOn(crypto, "getRandomValues"),
    vi.spyOn(crypto.subtle, "importKey"),
    vi.spyOn(crypto.subtle, "digest"),
    vi.spyOn(console, "log"),
    vi.spyOn(console, "info"),
  ];
}

test("loading the Worker does no work: no crypto, no calls, no log", async () => {
  vi.resetModules();
  const work = watchWork();
  const { default: worker } = await import("../src/index.ts");
  const done = work.map((spy) => spy.mock.calls.length);
  expect(done).toStrictEqual(work.map(() => 0));
  expect(typeof worker.fetch).toBe("function");
});

test("routes are set up by the first request, and once", async () => {
  vi.resetModules();
  const { PatternRouter } = await import("hono/router/pattern-router");
  const add = vi.spyOn(PatternRouter.prototype, "add");
  const { default: worker } = await import("../src/index.ts");
  const ask = () => {
    const request = new Request(`${PUBLIC_URL}/health`) as Parameters<typeof worker.fetch>[0];
    return worker.fetch(request, env, createExecutionContext());
  };
  expect(add).not.toHaveBeenCalled();
  expect((await ask()).status).toBe(200);
  const { length: routes } = add.mock.calls;
  expect(routes).toBeGreaterThan(0);
  await ask();
  expect(add).toHaveBeenCalledTimes(routes);
});
