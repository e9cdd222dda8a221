import { reset, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeEach, expect, test } from "vitest";
import { advanceClock, useMovableClock } from "../journeys/clock.ts";
import { emulator, useFreshEmulator } from "../journeys/journey-emulator.ts";
import { keeperOf, kvKeyOf, kvRecordOf } from "../journeys/kv-copy.ts";
import { openBrowser } from "../journeys/open-browser.ts";
import { forceRefresh, readToken } from "../journeys/read-token.ts";
import { REFRESHES } from "../emulator/token-requests.ts";

useFreshEmulator();
useMovableClock();
beforeEach(() => reset());

const ROW = "connection:jira";

async function keeper() {
  return keeperOf(await kvKeyOf("jira"));
}

async function rowNow(): Promise<unknown> {
  return runInDurableObject(await keeper(), (_, { storage }) => storage.kv.get(ROW));
}

/** As a point-in-time restore does: the row is what it was. */
async function restore(row: unknown): Promise<void> {
  await runInDurableObject(await keeper(), (_, { storage }) => storage.kv.put(ROW, row));
}

test("an object restored to before a refresh adopts the newer copy, and spends no spent token", async () => {
  const browser = openBrowser();
  await browser.connect("jira");
  await kvRecordOf("jira");
  const before = await rowNow();
  const { access_token: newest } = await (
    await forceRefresh(browser, "jira", await readToken(browser, "jira"))
  ).json<{ access_token: string }>();
  await kvRecordOf("jira", ({ version }) => version === 2);
  await restore(before);
  await emulator.configure({ leewaySeconds: 0 });

  expect(await readToken(browser, "jira")).toBe(newest);
  await advanceClock(3_600);
  expect(await emulator.whose(await readToken(browser, "jira"))).toMatchObject({ alive: true });
  expect(await emulator.grants()).toMatchObject([{ alive: true, refreshes: 2 }]);
});

test("an object that was disconnected adopts nothing", async () => {
  const browser = openBrowser();
  await browser.connect("jira");
  const record = await kvRecordOf("jira");
  const key = await kvKeyOf("jira");
  await browser.call("DELETE", "/connections/jira");
  await env.TOKENS.put(key, JSON.stringify({ ...JSON.parse(record), version: 99 }));
  const answer = await browser.call("GET", "/connections/jira/token");
  expect(await answer.json()).toMatchObject({ code: "not_connected" });
  expect(await emulator.requests(REFRESHES)).toEqual([]);
});

test("a copy that claims to be newer but does not open is not adopted", async () => {
  const browser = openBrowser();
  await browser.connect("jira");
  const record = await kvRecordOf("jira");
  await env.TOKENS.put(
    await kvKeyOf("jira"),
    JSON.stringify({ ...JSON.parse(record), version: 9 }),
  );
  await advanceClock(3_600);
  expect(await emulator.whose(await readToken(browser, "jira"))).toMatchObject({ alive: true });
  expect(await rowNow()).toMatchObject({ version: 2 });
});
