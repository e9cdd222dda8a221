import { kvPrototype } from "../journeys/kv-copy.ts";
import { afterEach, expect, test, vi } from "vitest";
import { advanceClock, useMovableClock } from "../journeys/clock.ts";
import { emulator, useFreshEmulator } from "../journeys/journey-emulator.ts";
import { type Browser, openBrowser } from "../journeys/open-browser.ts";
import { forceRefresh, readToken } from "../journeys/read-token.ts";
import { shortenDeadlines } from "./shorten-deadlines.ts";

useFreshEmulator();
useMovableClock();
afterEach(() => void vi.restoreAllMocks());

const PROMISED_SECONDS = 20;

const CALLS: readonly (readonly [
  string,
  (browser: Browser, token: string) => Promise<Response>,
])[] = [
  ["read", (browser) => browser.call("GET", "/connections/jira/token")],
  ["forced refresh", (browser, token) => forceRefresh(browser, "jira", token)],
];

test.each(CALLS)(
  "a %s is answered within 20 s, although neither the provider nor KV ever answers",
  async (_, call) => {
    const browser = openBrowser();
    await browser.connect("jira");
    const token = await readToken(browser, "jira");
    await emulator.fault({ endpoint: "token", hang: true, times: "always" });
    await advanceClock(3_600);
    vi.spyOn(kvPrototype, "get").mockReturnValue(new Promise(() => undefined));
    const deadlines = shortenDeadlines();

    const answer = await call(browser, token);
    expect(answer.status).toBe(503);
    expect(await answer.json()).toMatchObject({ code: "provider_unavailable" });
    expect(Number(answer.headers.get("Retry-After"))).toBeGreaterThan(0);
    // As if each had begun when the one before had struck.
    expect(deadlines.reduce((sum, seconds) => sum + seconds, 0)).toBeLessThan(PROMISED_SECONDS);
    expect(deadlines).toContain(15);
    // KV's, for the read.
    expect(deadlines).toContain(1);
  },
  PROMISED_SECONDS * 1_000,
);
