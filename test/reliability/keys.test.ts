import { reset, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeEach, expect, test } from "vitest";
import { TokenKeeper } from "../../src/tokens/token-keeper.ts";
import { decodeEnvelope } from "../../src/vault/envelope.ts";
import { SEALING_KEY_1, SEALING_KEY_2 } from "../worker-bindings.ts";
import { advanceClock, useMovableClock } from "../journeys/clock.ts";
import { fetchWithBindings } from "../journeys/fetch-with-bindings.ts";
import { emulator, useFreshEmulator } from "../journeys/journey-emulator.ts";
import { keeperOf, kvKeyOf, kvMetadataOf, kvRecordOf } from "../journeys/kv-copy.ts";
import { type Browser, openBrowser } from "../journeys/open-browser.ts";
import { readToken } from "../journeys/read-token.ts";
import { sessionOf } from "./session-of.ts";

useFreshEmulator();
useMovableClock();
beforeEach(() => reset());

const OLD_KEY = `k1:${SEALING_KEY_1}`;
const NEW_KEY = `k2:${SEALING_KEY_2}`;
const ROTATED = { SEALING_KEYS: `${NEW_KEY},${OLD_KEY}` };
const REPLACED = { SEALING_KEYS: NEW_KEY };

/** Does something in the owner's object as it is after a deployment with other keys. */
async function inObjectWith<Answer>(
  browser: Browser,
  keys: { SEALING_KEYS: string },
  work: (keeper: TokenKeeper, sessionId: string) => Promise<Answer>,
): Promise<Answer> {
  const { owner, id } = await sessionOf(browser);
  return runInDurableObject(env.TOKEN_KEEPER.getByName(owner), (_, state) =>
    work(new TokenKeeper(state, { ...env, ...keys }), id),
  );
}

test("a new first key opens what the old one sealed, and seals from then on", async () => {
  const browser = openBrowser();
  await browser.connect("jira");
  const record = await kvRecordOf("jira");
  const rotated = openBrowser({
    cookies: browser.cookies,
    fetch: fetchWithBindings(ROTATED),
  });
  const token = await readToken(rotated, "jira");
  expect(await readToken(browser, "jira")).toBe(token);
  expect(JSON.parse(record)).toMatchObject({ version: 1 });

  const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(token));
  const rejected = new Uint8Array(hash).toBase64({ alphabet: "base64url", omitPadding: true });
  const told = await inObjectWith(browser, ROTATED, (keeper, sessionId) =>
    keeper.forceRefresh("jira", sessionId, rejected),
  );
  expect(told.answer.kind).toBe("token");
  const renewed = JSON.parse(await kvRecordOf("jira", ({ version }) => version === 2)) as {
    access: string;
  };
  expect(decodeEnvelope(renewed.access)?.keyId).toBe("k2");
});

test("on the first call of a day the object seals anew what lies under an older key", async () => {
  const browser = openBrowser();
  await browser.connect("jira");
  const token = await readToken(browser, "jira");
  await advanceClock(86_400);
  await inObjectWith(browser, ROTATED, (keeper, sessionId) => keeper.listConnections(sessionId));
  await expect
    .poll(async () => {
      const { access } = JSON.parse(await kvRecordOf("jira")) as { access: string };
      return decodeEnvelope(access)?.keyId;
    })
    .toBe("k2");
  expect(JSON.parse(await kvRecordOf("jira"))).toMatchObject({ version: 1 });
  expect(await emulator.whose(token)).toMatchObject({ account: "alice" });
});

test("operators see since when a connection is under its key, whatever was sealed under it since", async () => {
  await advanceClock(1);
  const since = Date.now();
  const browser = openBrowser();
  await browser.connect("jira");
  expect(await kvMetadataOf("jira")).toMatchObject({ keyId: "k1", keySince: since });

  await advanceClock(3_600);
  await readToken(browser, "jira");
  const refreshed = await kvMetadataOf("jira", ({ version }) => version === 2);
  expect(refreshed).toMatchObject({ keyId: "k1", keySince: since });
  await browser.connect("jira");
  const consented = await kvMetadataOf("jira", ({ version }) => version === 3);
  expect(consented).toMatchObject({ keyId: "k1", keySince: since });

  await browser.call("DELETE", "/connections/jira");
  const reconnectedAt = Date.now();
  await browser.connect("jira");
  const connected = await kvMetadataOf("jira", ({ version }) => version === 5);
  expect(connected).toMatchObject({ keyId: "k1", keySince: reconnectedAt });
});

/** The ways to a new first key: what is done, after how long, and the version it leads to. */
const WAYS_TO_A_NEW_KEY = [
  ["a refresh", 3_600, 2, (keeper, id) => keeper.readToken("jira", id)],
  ["the first call of a day", 86_400, 1, (keeper, id) => keeper.listConnections(id)],
] as const satisfies [string, number, number, (keeper: TokenKeeper, id: string) => unknown][];

test.for(WAYS_TO_A_NEW_KEY)(
  "%s under a new first key starts the time anew",
  async ([, seconds, version, work]) => {
    const browser = openBrowser();
    await browser.connect("jira");
    await kvRecordOf("jira");
    await advanceClock(seconds);
    const resealedAt = Date.now();
    await inObjectWith(browser, ROTATED, async (keeper, id) => work(keeper, id));
    const resealed = await kvMetadataOf("jira", ({ keyId }) => keyId === "k2");
    expect(resealed).toMatchObject({ version, keySince: resealedAt });
  },
);

test("a removed key ends its sessions", async () => {
  const browser = openBrowser();
  await browser.connect("jira");
  const replaced = openBrowser({
    cookies: browser.cookies,
    fetch: fetchWithBindings(REPLACED),
  });
  const answer = await replaced.call("GET", "/connections/jira/token");
  expect(answer.status).toBe(401);
  expect(await answer.json()).toMatchObject({ code: "not_connected" });
});

test("a removed key makes its connections reconnect, without a call to the provider", async () => {
  const browser = openBrowser();
  await browser.connect("jira");
  const [read, listed] = await inObjectWith(browser, REPLACED, (keeper, sessionId) =>
    Promise.all([keeper.readToken("jira", sessionId), keeper.listConnections(sessionId)]),
  );
  expect(read.answer).toEqual({ kind: "reconnect_required" });
  expect(listed.answer?.jira).toMatchObject({
    status: "reconnect_required",
    reason: "sealing_key_removed",
  });
  expect(await emulator.requests({ grantType: "refresh_token" })).toEqual([]);
});

test("a removed key that comes back brings its connections back", async () => {
  const browser = openBrowser();
  await browser.connect("jira");
  await advanceClock(3_600);
  await inObjectWith(browser, REPLACED, (keeper, sessionId) => keeper.readToken("jira", sessionId));
  const told = await inObjectWith(browser, ROTATED, (keeper, sessionId) =>
    keeper.readToken("jira", sessionId),
  );
  expect(told.answer.kind).toBe("token");
});

test("an interrupted refresh under a removed key wakes nobody after the leeway", async () => {
  const browser = openBrowser();
  await browser.connect("jira");
  await kvRecordOf("jira");
  await emulator.fault({ grantType: "refresh_token", phase: "after", reset: true });
  await advanceClock(3_600);
  await browser.call("GET", "/connections/jira/token");
  await advanceClock(600);
  const read = await inObjectWith(browser, REPLACED, (keeper, sessionId) =>
    keeper.readToken("jira", sessionId),
  );
  expect(read.answer).toEqual({ kind: "reconnect_required" });
  const keeper = keeperOf(await kvKeyOf("jira"));
  const alarm = await runInDurableObject(keeper, (_, { storage }) => storage.getAlarm());
  expect((alarm ?? 0) - Date.now()).toBeGreaterThan(86_400_000);
});
