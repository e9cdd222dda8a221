import { expect, test } from "vitest";
import { emulator, useFreshEmulator } from "../journeys/journey-emulator.ts";
import { openBrowser } from "../journeys/open-browser.ts";
import { callWorker, NAVIGATION, problemOf } from "./call-worker.ts";
import { cookieHeader } from "./connected-browser.ts";

useFreshEmulator();

const MINUTE_MS = 60_000;
const CALLBACK = "/auth/jira/callback?code=x&state=unknown";
let addresses = 0;

/** The answers to so many calls of one address, all within one minute of the limit's clock. */
async function callsWithinAMinute(paths: readonly string[]): Promise<readonly Response[]> {
  for (;;) {
    addresses += 1;
    const headers = { ...NAVIGATION, "CF-Connecting-IP": `198.51.100.${addresses}` };
    const minute = Math.floor(Date.now() / MINUTE_MS);
    const answers: Response[] = [];
    for (const path of paths) answers.push(await callWorker(path, { headers }));
    if (Math.floor(Date.now() / MINUTE_MS) === minute) return answers;
  }
}

const times = (count: number, path: string) => Array.from({ length: count }, () => path);
const statusesOf = (answers: readonly Response[]) => answers.map(({ status }) => status);

test.each([
  ["starts", "/auth/jira", 302],
  ["callbacks", CALLBACK, 400],
])("30 %s a minute, then no more", async (_, path, status) => {
  const answers = await callsWithinAMinute(times(32, path));
  expect(statusesOf(answers)).toStrictEqual([
    ...Array.from({ length: 30 }, () => status),
    429,
    429,
  ]);
  const [refused] = answers.slice(-1);
  expect(refused?.headers.get("Retry-After")).toBe("60");
  expect(refused?.headers.getSetCookie()).toStrictEqual([]);
  expect(refused?.headers.get("Location")).toBeNull();
});

test("starts of both providers count together, starts and callbacks apart", async () => {
  const starts = [...times(15, "/auth/jira"), ...times(15, "/auth/bitbucket")];
  const answers = await callsWithinAMinute([...starts, CALLBACK, "/auth/jira", "/auth/bitbucket"]);
  expect(statusesOf(answers.slice(30))).toStrictEqual([400, 429, 429]);
});

test("one address does not use up the limit of another", async () => {
  const answers = await callsWithinAMinute(times(31, "/auth/jira"));
  expect(statusesOf(answers).at(-1)).toBe(429);
  const [other] = await callsWithinAMinute(["/auth/jira"]);
  expect(other?.status).toBe(302);
});

test("an address is what Cloudflare says it is, whatever else a request claims", async () => {
  const keys: string[] = [];
  const FLOW_LIMIT = {
    limit: async ({ key }: { key: string }) => {
      keys.push(key);
      return { success: true };
    },
  };
  for (const forged of ["1.2.3.4", "5.6.7.8"]) {
    const headers = {
      ...NAVIGATION,
      "CF-Connecting-IP": "203.0.113.9",
      "X-Forwarded-For": forged,
      "X-Real-IP": forged,
      Forwarded: `for=${forged}`,
      "True-Client-IP": forged,
    };
    await callWorker("/auth/jira", { headers, bindings: { FLOW_LIMIT } });
  }
  expect(keys).toHaveLength(2);
  expect(new Set(keys).size).toBe(1);
});

const USED_UP = { FLOW_LIMIT: { limit: async () => ({ success: false }) } };

test("a callback over the limit uses up no flow and asks no provider", async () => {
  const browser = openBrowser();
  const callback = await browser.consent(await browser.start("jira"));
  const headers = { Cookie: cookieHeader(browser.cookies) };
  const refused = await callWorker(callback, { headers, bindings: USED_UP });
  expect(await problemOf(refused)).toBe("429 rate_limited");
  expect(await emulator.requests({ endpoint: "token" })).toStrictEqual([]);
  const response = await browser.arrive(callback);
  expect(response.headers.get("Location")).toMatch(/outcome=connected/);
});

test("a start that is refused for another reason does not count", async () => {
  const counted: string[] = [];
  const FLOW_LIMIT = {
    limit: async ({ key }: { key: string }) => {
      counted.push(key);
      return { success: true };
    },
  };
  const crossSite = { headers: { ...NAVIGATION, "Sec-Fetch-Site": "cross-site" } };
  for (const call of [crossSite, { headers: { "Sec-Fetch-Mode": "cors" } }]) {
    await callWorker("/auth/jira", { ...call, bindings: { FLOW_LIMIT } });
  }
  expect(counted).toStrictEqual([]);
});
