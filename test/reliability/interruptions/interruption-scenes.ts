import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { expect, vi } from "vitest";
import type { TokenKeeper } from "../../../src/tokens/token-keeper.ts";
import { SEALING_KEY_1, SEALING_KEY_2 } from "../../worker-bindings.ts";
import { arrivalOf } from "./arrival-of.ts";
import { advanceClock, DAY_SECONDS, MINUTE_SECONDS } from "../../journeys/clock.ts";
import { deployKeys } from "../deploy-keys.ts";
import { emulator } from "../../journeys/journey-emulator.ts";
import { type Browser, openBrowser } from "../../journeys/open-browser.ts";
import { forceRefresh, readToken } from "../../journeys/read-token.ts";
import { ringAlarms } from "../ring-alarms.ts";
import { LIFETIME_SECONDS } from "../lifetime-seconds.ts";
import { sessionOf } from "../session-of.ts";
import { storedIn } from "../stored-in.ts";
import { kvPrototype } from "../../journeys/kv-copy.ts";

type Keeper = ReturnType<typeof env.TOKEN_KEEPER.getByName>;

/** One object, what it is asked to do, and what must hold however it was interrupted. */
export interface Play {
  readonly owner: string;
  /** What is waited for at the least: names of `watchAwaits`. */
  readonly waits: readonly string[];
  run(keeper: Keeper): Promise<unknown>;
  /** Asked of a new instance. */
  judge(keeper: Keeper): Promise<void>;
}

const REFRESH = [
  "crypto.subtle.decrypt",
  "crypto.subtle.encrypt",
  "TOKENS.get",
  "globalThis.fetch",
  "body.next",
  "storage.setAlarm",
];
const PUBLISHED_REFRESH = [...REFRESH, "TOKENS.put"];
const CONNECT = [
  "crypto.subtle.decrypt",
  "crypto.subtle.encrypt",
  "globalThis.fetch",
  "body.next",
  "TOKENS.put",
  "storage.setAlarm",
];
const DELETION = ["TOKENS.delete", "storage.setAlarm"];

/** Everything an object does, led up to. */
export const SCENES: Readonly<Record<string, () => Promise<Play>>> = {
  async "a refresh that callers wait for"() {
    const { browser, owner, id } = await connectBoth();
    await advanceClock(LIFETIME_SECONDS.jira);
    const run = (keeper: Keeper) => keeper.readToken("jira", id);
    return {
      owner,
      waits: PUBLISHED_REFRESH,
      run,
      judge: (keeper) => goesOnByItself(browser, keeper),
    };
  },
  async "a refresh behind an answer"() {
    const { browser, owner, id } = await connectBoth();
    await advanceClock(LIFETIME_SECONDS.jira - 200);
    const run = (keeper: Keeper) => keeper.refreshAhead("jira", id);
    return {
      owner,
      waits: PUBLISHED_REFRESH,
      run,
      judge: (keeper) => goesOnByItself(browser, keeper),
    };
  },
  async "a refresh that finds the grant dead"() {
    const { browser, owner, id } = await connectBoth();
    await emulator.invalidateRefreshTokens({ provider: "jira" });
    await advanceClock(LIFETIME_SECONDS.jira);
    const run = (keeper: Keeper) => keeper.readToken("jira", id);
    return {
      owner,
      waits: [...REFRESH, "TOKENS.delete"],
      run,
      async judge(keeper) {
        await expectProblem(browser, "reconnect_required");
        await ringAlarms(keeper, MINUTE_SECONDS);
        expect((await env.TOKENS.list()).keys).toHaveLength(1);
        await browser.connect("jira");
        await isUsable(browser, "jira");
      },
    };
  },
  async "a first connect"() {
    const browser = openBrowser();
    const callback = await browser.consent(await browser.start("jira"));
    const { owner, ...arrival } = await arrivalOf(browser, "jira", callback);
    const run = (keeper: Keeper) => keeper.finishFlow("jira", arrival);
    return {
      owner,
      waits: CONNECT,
      run,
      async judge(keeper) {
        expect((await keeper.finishFlow("jira", arrival)).answer).toEqual({
          outcome: "invalid_flow",
        });
        await browser.connect("jira", { account: "carol" });
        await isUsable(browser, "jira", "carol");
      },
    };
  },
  async "connecting another account"() {
    const { browser, owner } = await connectBoth();
    const callback = await browser.consent(await browser.start("jira"), { account: "bob" });
    const { owner: _, ...arrival } = await arrivalOf(browser, "jira", callback);
    const run = (keeper: Keeper) => keeper.finishFlow("jira", arrival);
    return {
      owner,
      waits: CONNECT,
      run,
      async judge(keeper) {
        await isUsable(browser, "bitbucket");
        await isUsable(browser, "jira");
        expect((await keeper.finishFlow("jira", arrival)).answer).toEqual({
          outcome: "invalid_flow",
        });
        await browser.connect("jira", { account: "carol" });
        await isUsable(browser, "jira", "carol");
      },
    };
  },
  async "a listing that learns an account"() {
    await emulator.fault({ endpoint: "sites", status: 500, times: 1 });
    const { browser, owner, id } = await connectBoth();
    const run = (keeper: Keeper) => keeper.listConnections(id);
    return {
      owner,
      waits: ["crypto.subtle.decrypt", "globalThis.fetch", "body.next", "TOKENS.put"],
      run,
      async judge(keeper) {
        const list = await browser.call("GET", "/connections/jira");
        expect(await list.json()).toMatchObject({ account: { id: expect.any(String) } });
        await goesOnByItself(browser, keeper);
      },
    };
  },
  async "a disconnect"() {
    const { browser, owner, id } = await connectBoth();
    const run = (keeper: Keeper) => keeper.disconnectProvider("jira", id);
    return {
      owner,
      waits: ["crypto.subtle.digest", ...DELETION],
      run,
      async judge(keeper) {
        expect((await browser.call("DELETE", "/connections/jira")).status).toBe(200);
        await expectProblem(browser, "not_connected");
        await ringAlarms(keeper, 10 * MINUTE_SECONDS);
        expect((await env.TOKENS.list()).keys).toHaveLength(1);
        await isUsable(browser, "bitbucket");
      },
    };
  },
  async "forget me"() {
    const { browser, owner, id } = await connectBoth();
    const run = (keeper: Keeper) => keeper.eraseOwner(id);
    return {
      owner,
      waits: ["crypto.subtle.digest", ...DELETION],
      run,
      async judge(keeper) {
        const stale = openBrowser({ cookies: new Map(browser.cookies) });
        expect((await browser.call("DELETE", "/session")).status).toBe(200);
        await isGone(stale, keeper);
      },
    };
  },
  async "an alarm that takes up a refresh"() {
    const { browser, owner } = await connectBoth();
    await emulator.fault({ grantType: "refresh_token", phase: "after", reset: true });
    await advanceClock(LIFETIME_SECONDS.jira);
    await expectProblem(browser, "provider_unavailable");
    await advanceClock(MINUTE_SECONDS);
    return {
      owner,
      waits: PUBLISHED_REFRESH,
      run: ring,
      judge: (keeper) => goesOnByItself(browser, keeper),
    };
  },
  async "an alarm that publishes"() {
    const { browser, owner } = await connectBoth();
    vi.spyOn(kvPrototype, "put").mockRejectedValueOnce(new Error("KV is down"));
    await forceRefresh(browser, "jira", await readToken(browser, "jira"));
    await evictDurableObject(env.TOKEN_KEEPER.getByName(owner));
    await advanceClock(MINUTE_SECONDS);
    return {
      owner,
      waits: ["TOKENS.put", "storage.setAlarm"],
      run: ring,
      async judge(keeper) {
        await ringAlarms(keeper, 3 * MINUTE_SECONDS);
        const record = await env.TOKENS.get(`connection:${owner}:jira`, "json");
        expect(record).toMatchObject({ version: 2 });
        await goesOnByItself(browser, keeper);
      },
    };
  },
  async "an alarm that erases an idle owner"() {
    const { browser, owner } = await connectBoth();
    await advanceClock(32 * DAY_SECONDS);
    return { owner, waits: DELETION, run: ring, judge: (keeper) => isGone(browser, keeper) };
  },
  async "the first call of a day, under a new key"() {
    const { browser, owner, id } = await connectBoth();
    await deployKeys(`k2:${SEALING_KEY_2},k1:${SEALING_KEY_1}`);
    await advanceClock(DAY_SECONDS);
    const run = (keeper: Keeper) => keeper.disconnectProvider("bitbucket", id);
    return {
      owner,
      waits: ["crypto.subtle.decrypt", "crypto.subtle.encrypt", "TOKENS.put", ...DELETION],
      run,
      judge: (keeper) => goesOnByItself(browser, keeper),
    };
  },
};

/** As the platform does it; the test pool's own way would be interrupted too. */
function ring(keeper: Keeper): Promise<void> {
  return runInDurableObject(keeper, (instance) => (instance as TokenKeeper).alarm());
}

/** A browser with both connections, of alice, and everything published. */
async function connectBoth() {
  const browser = openBrowser();
  await browser.connect("bitbucket");
  await browser.connect("jira");
  const { owner, id } = await sessionOf(browser);
  await evictDurableObject(env.TOKEN_KEEPER.getByName(owner));
  return { browser, owner, id };
}

/** Nobody is needed for it to work, and the chain of refresh tokens goes on. */
async function goesOnByItself(browser: Browser, keeper: Keeper): Promise<void> {
  await ringAlarms(keeper, 2 * MINUTE_SECONDS);
  expect(await storedIn(keeper, "connection:jira")).toMatchObject({ intent: null, kvDue: null });
  await isUsable(browser, "jira");
  await advanceClock(LIFETIME_SECONDS.jira);
  await isUsable(browser, "jira");
}

async function isUsable(browser: Browser, provider: string, account?: string): Promise<void> {
  const owner = await emulator.whose(await readToken(browser, provider));
  expect(owner).toMatchObject({ provider, alive: true, ...(account ? { account } : {}) });
}

async function expectProblem(browser: Browser, code: string): Promise<void> {
  const answer = await browser.call("GET", "/connections/jira/token");
  expect(await answer.json()).toMatchObject({ code });
}

/** Nothing of the owner is left, in KV either, and no cookie of theirs opens anything. */
async function isGone(browser: Browser, keeper: Keeper): Promise<void> {
  await ringAlarms(keeper, 10 * MINUTE_SECONDS);
  expect((await env.TOKENS.list()).keys).toEqual([]);
  expect(await storedIn(keeper, "owner")).toMatchObject({ state: "erased" });
  await expectProblem(browser, "not_connected");
}
