import { reset } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { askToken, statusOf } from "../ask-token.ts";
import { advanceClock, useMovableClock } from "../../journeys/clock.ts";
import { emulator, useFreshEmulator } from "../../journeys/journey-emulator.ts";
import { keeperOf, kvKeyOf, kvPrototype, kvRecordOf } from "../../journeys/kv-copy.ts";
import { failWrites, WRITE_FAILURES } from "./kv-failures.ts";
import { openBrowser } from "../../journeys/open-browser.ts";
import { forceRefresh, readToken } from "../../journeys/read-token.ts";
import { ringAlarm } from "../ring-alarms.ts";

useFreshEmulator();
useMovableClock();
beforeEach(() => reset());
afterEach(() => void vi.restoreAllMocks());

test.each(WRITE_FAILURES)(
  "a KV whose every write $failure is nothing that a caller notices",
  async ({ answer }) => {
    failWrites(answer);
    const browser = openBrowser();
    expect((await browser.connect("bitbucket")).search).toContain("outcome=connected");
    expect((await browser.connect("jira")).search).toContain("outcome=connected");
    const first = await readToken(browser, "jira");
    const forced = await forceRefresh(browser, "jira", first);
    expect(await forced.json()).not.toMatchObject({ access_token: first });
    await advanceClock(3_600);
    expect(await emulator.whose(await readToken(browser, "jira"))).toMatchObject({ alive: true });
    expect(await statusOf(browser, "jira")).toBe("connected");

    const disconnect = await browser.call("DELETE", "/connections/jira");
    expect(disconnect.status).toBe(200);
    expect(await disconnect.json()).toMatchObject({ local: "deleted" });
    expect((await askToken(browser, "jira")).told).toBe("401 not_connected");
    await browser.connect("jira");
    expect(await emulator.whose(await readToken(browser, "jira"))).toMatchObject({ alive: true });
    const forget = await browser.call("DELETE", "/session");
    expect(forget.status).toBe(200);
    expect(await forget.json()).toMatchObject({ object: "deleted", kv: "pending" });
    expect(browser.cookies.size).toBe(0);
    expect((await env.TOKENS.list()).keys).toEqual([]);
  },
);

test.each(WRITE_FAILURES)(
  "a record that stays because its deletion $failure is nothing to the browser that disconnected",
  async ({ answer }) => {
    const browser = openBrowser();
    await advanceClock(100);
    await browser.connect("jira");
    const record = await kvRecordOf("jira");
    const key = await kvKeyOf("jira");
    failWrites(answer);
    await browser.call("DELETE", "/connections/jira");
    expect(await env.TOKENS.get(key)).toBe(record);
    expect((await askToken(browser, "jira")).told).toBe("401 not_connected");
    expect(await statusOf(browser, "jira")).toBe("not_connected");

    vi.restoreAllMocks();
    await ringAlarm(keeperOf(key));
    expect(await env.TOKENS.get(key)).toBeNull();
  },
);

test.each(WRITE_FAILURES)(
  "an older record that stays because the newer one's write $failure is not handed out again",
  async ({ answer }) => {
    const browser = openBrowser();
    await advanceClock(100);
    await browser.connect("jira");
    await kvRecordOf("jira");
    const before = await readToken(browser, "jira");
    failWrites(answer);
    await forceRefresh(browser, "jira", before);
    const put = vi.mocked(kvPrototype.put);
    expect(await readToken(browser, "jira")).not.toBe(before);
    expect(put.mock.calls.length).toBeGreaterThan(0);

    const [key = ""] = put.mock.calls[0] ?? [];
    vi.restoreAllMocks();
    await ringAlarm(keeperOf(key));
    expect(JSON.parse((await env.TOKENS.get(key)) ?? "")).toMatchObject({ version: 2 });
  },
);
