import { afterEach, expect, test, vi } from "vitest";
import { useFreshEmulator } from "../journeys/journey-emulator.ts";
import {
  arrivingBrowser,
  changed,
  exchanges,
  outcomeOf,
  REFUSED,
  traceOf,
} from "./arriving-browser.ts";
import { callWorker, NAVIGATION } from "./call-worker.ts";

useFreshEmulator();
afterEach(() => void vi.useRealTimers());

test("a flow is good for ten minutes", async () => {
  vi.useFakeTimers({ toFake: ["Date"] });
  const [intime, late] = [await arrivingBrowser(), await arrivingBrowser()];
  vi.setSystemTime(Date.now() + 599_999);
  expect(outcomeOf(await intime.browser.arrive(intime.callback))).toMatchObject({
    outcome: "connected",
  });
  vi.setSystemTime(Date.now() + 1);
  expect((await late.browser.arrive(late.callback)).status).toBe(400);
  expect(await exchanges()).toBe(1);
});

test("a flow is used once, although its cookie comes again", async () => {
  const { callback, cookie } = await arrivingBrowser();
  const arrive = () => callWorker(callback, { headers: { ...NAVIGATION, Cookie: cookie } });
  expect((await arrive()).status).toBe(303);
  const again = await arrive();
  expect(again.status).toBe(400);
  expect(again.headers.get("Location")).toBeNull();
  expect(await exchanges()).toBe(1);
});

test("of 50 parallel arrivals of one callback exactly one goes through", async () => {
  const { callback, cookie } = await arrivingBrowser();
  const arrivals = await Promise.all(
    Array.from({ length: 50 }, () =>
      callWorker(callback, { headers: { ...NAVIGATION, Cookie: cookie } }),
    ),
  );
  const statuses = arrivals.map(({ status }) => status).toSorted((a, b) => a - b);
  expect(statuses).toStrictEqual([303, ...Array.from({ length: 49 }, () => 400)]);
  expect(await exchanges()).toBe(1);
});

test("a flow is used up by a refusal of the person too", async () => {
  const { browser, callback, cookie } = await arrivingBrowser();
  const denied = changed(callback, (query) => {
    query.delete("code");
    query.set("error", "access_denied");
  });
  expect(outcomeOf(await browser.arrive(denied))).toStrictEqual({
    provider: "jira",
    outcome: "denied",
  });
  const headers = { ...NAVIGATION, Cookie: cookie };
  expect(await traceOf(await callWorker(callback, { headers }))).toStrictEqual(REFUSED);
});

test("a flow is used up by a code that the provider rejects", async () => {
  const { browser, callback, cookie } = await arrivingBrowser();
  const wrong = changed(callback, (query) => query.set("code", "wrong"));
  expect(outcomeOf(await browser.arrive(wrong))).toMatchObject({ reason: "provider_rejected" });
  const again = await callWorker(callback, { headers: { ...NAVIGATION, Cookie: cookie } });
  expect(again.status).toBe(400);
  expect(await exchanges()).toBe(1);
});

test.each<
  [what: string, init: { method?: string; headers?: Record<string, string> }, status: number]
>([
  ["a HEAD", { method: "HEAD" }, 405],
  ["a POST", { method: "POST" }, 405],
  ["a prefetch", { headers: { "Sec-Purpose": "prefetch" } }, 403],
  ["a prerender", { headers: { "Sec-Purpose": "prefetch;prerender" } }, 403],
  ["an older prefetch", { headers: { Purpose: "prefetch" } }, 403],
  ["a fetch", { headers: { "Sec-Fetch-Mode": "cors" } }, 403],
  ["an image", { headers: { "Sec-Fetch-Mode": "no-cors" } }, 403],
])("%s uses up nothing", async (_, { method = "GET", headers }, status) => {
  const { browser, callback, cookie } = await arrivingBrowser();
  const response = await callWorker(callback, {
    method,
    headers: { ...NAVIGATION, Cookie: cookie, ...headers },
  });
  expect(response.status).toBe(status);
  expect(response.headers.getSetCookie()).toStrictEqual([]);
  expect(await exchanges()).toBe(0);
  expect(outcomeOf(await browser.arrive(callback))).toMatchObject({ outcome: "connected" });
});
