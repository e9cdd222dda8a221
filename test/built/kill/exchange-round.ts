import type { Browser } from "../../browser/create-browser.ts";
import { PROVIDERS, type Provider } from "../../emulator/emulator-protocol.ts";
import type { Fault } from "../../emulator/fault.ts";
import { openNodeBrowser } from "../open-node-browser.ts";
import type { Latchkey } from "../run-latchkey.ts";
import { connectedOwner } from "./connected-owner.ts";
import type { RoundResult } from "./round.ts";
import { until } from "./until.ts";
import { forceRefresh, useToken } from "./use-token.ts";

const SESSION = "__Host-Http-latchkey";
/** How long KV may serve what was there before a commit that was interrupted. */
const PUBLISHED_MS = 60_000;
const ARRIVAL_MS = 60_000;

export interface ExchangeMoment {
  readonly name: string;
  /** The request that is held when the process is killed. */
  readonly held: Pick<Fault, "endpoint" | "grantType" | "phase">;
  /** What happens between its arrival and the kill. */
  readonly letGo?: (release: () => Promise<unknown>, random: () => number) => Promise<void>;
  readonly isCommitted: boolean | "perhaps";
}

/** A person who connects `provider` as `account`, when the process is killed. */
interface Attempt {
  readonly browser: Browser;
  readonly provider: Provider;
  readonly account: string;
  /** What they had before: a token of each provider and whose it is. */
  readonly earlier: Earlier | undefined;
  readonly callback: string;
  /** As they were when the callback was sent. */
  readonly cookies: ReadonlyMap<string, string>;
}

interface Earlier {
  readonly account: string;
  readonly tokens: Readonly<Record<Provider, string>>;
}

/** Of either provider one person who had both connections before, and one who had none. */
export async function exchangeRound(
  latchkey: Latchkey,
  { held, letGo, isCommitted }: ExchangeMoment,
  random: () => number,
): Promise<RoundResult> {
  const { emulator } = latchkey;
  await latchkey.resetEmulator();
  const attempts: Attempt[] = [];
  for (const provider of PROVIDERS) {
    for (const hadBoth of [true, false]) {
      attempts.push(await startAttempt(latchkey, provider, hadBoth));
    }
  }
  for (const { account } of attempts) {
    await emulator.fault({ ...held, account, hold: account });
  }
  for (const { browser, callback } of attempts) browser.arrive(callback).catch(() => undefined);
  const arrived = attempts.map((one) =>
    emulator.waitForRequests(heldOf(one), 1, { timeoutMs: ARRIVAL_MS }),
  );
  await Promise.all(arrived);
  await letGo?.(
    () => Promise.all(attempts.map(({ account }) => emulator.release(account))),
    random,
  );
  await latchkey.kill();
  const killedAt = performance.now();
  await latchkey.restart();

  const lost: string[] = [];
  const attendedMs: number[] = [];
  await Promise.all(
    attempts.map(async (attempt) => {
      try {
        if (attempt.earlier) {
          await judgeEarlier(attempt, attempt.earlier);
          attendedMs.push(performance.now() - killedAt);
        }
        await judgeCallback(attempt);
        await judgeReconnect(attempt);
        await judgeOther(attempt);
      } catch (error) {
        lost.push(`${attempt.provider} of ${attempt.account}: ${String(error)}`);
      }
    }),
  );
  return { kills: 1, connections: attempts.length, lost, attendedMs, unattendedMs: [] };

  function heldOf({ provider, account }: Attempt) {
    const { phase: _, ...match } = held;
    return { ...match, provider, account };
  }

  /** A token may come from KV: only a refresh shows that the object has the connection as well. */
  async function judgeEarlier(attempt: Attempt, earlier: Earlier): Promise<void> {
    const { browser, provider, account } = attempt;
    const before = { browser, provider, account: earlier.account };
    const now = { browser, provider, account };
    if (isCommitted === true) {
      const token = await until("the connection that was committed", PUBLISHED_MS, () =>
        useToken(emulator, now).catch(() => undefined),
      );
      if (browser.cookies.get(SESSION) === attempt.cookies.get(SESSION)) {
        throw new Error("the superseded session was not replaced");
      }
      await forceRefresh(emulator, now, token);
    } else if (isCommitted === false) {
      await useSame(before, earlier.tokens[provider]);
      await forceRefresh(emulator, before, earlier.tokens[provider]);
    } else {
      const refreshed = forceRefresh(emulator, before, earlier.tokens[provider]);
      await refreshed.catch(() => useToken(emulator, now));
    }
  }

  /** The other provider's connection has nothing to do with it. */
  async function judgeOther({ browser, provider, earlier }: Attempt): Promise<void> {
    const other = otherThan(provider);
    if (earlier) {
      const call = { browser, provider: other, account: earlier.account };
      await useSame(call, earlier.tokens[other]);
      await forceRefresh(emulator, call, earlier.tokens[other]);
    } else {
      const { status } = await browser.call("GET", `/connections/${other}/token`);
      if (status !== 401) throw new Error(`what was never connected answers ${status}`);
    }
  }

  async function useSame(call: Parameters<typeof useToken>[1], token: string): Promise<void> {
    const served = await useToken(emulator, call);
    if (served !== token) throw new Error(`another token of ${call.account}`);
  }

  /** The same callback, with the cookies of the first time. */
  async function judgeCallback({ provider, account, callback, cookies }: Attempt): Promise<void> {
    const again = await openNodeBrowser(latchkey.origin, new Map(cookies)).arrive(callback);
    const text = await again.text();
    if (again.status !== 400 || !text.includes("This connection attempt cannot be completed")) {
      throw new Error(`the same callback again answers ${again.status}`);
    }
    const match = {
      endpoint: "token",
      grantType: "authorization_code",
      provider,
      account,
    } as const;
    const { length } = await emulator.requests(match);
    if (length !== 1) throw new Error(`the code was sent ${length} times`);
  }

  async function judgeReconnect(attempt: Attempt): Promise<void> {
    const { browser, provider, account } = attempt;
    const { searchParams } = await browser.connect(provider, { account });
    const outcome = searchParams.get("outcome");
    if (outcome !== "connected") throw new Error(`connecting again ends with ${outcome}`);
    await useToken(emulator, { browser, provider, account });
  }
}

async function startAttempt(
  latchkey: Latchkey,
  provider: Provider,
  hadBoth: boolean,
): Promise<Attempt> {
  const account = `later-${provider}-${hadBoth ? "again" : "first"}`;
  const earlier = hadBoth ? await connectEarlier(latchkey, `earlier-${provider}`) : undefined;
  const browser = earlier?.browser ?? openNodeBrowser(latchkey.origin);
  const callback = await browser.consent(await browser.start(provider), { account });
  return { browser, provider, account, earlier, callback, cookies: new Map(browser.cookies) };
}

function otherThan(provider: Provider): Provider {
  return provider === "jira" ? "bitbucket" : "jira";
}

async function connectEarlier(latchkey: Latchkey, account: string) {
  const [bitbucket, jira] = await connectedOwner(latchkey, account);
  if (!bitbucket || !jira) throw new Error("a connection is missing");
  const tokens = {
    bitbucket: await useToken(latchkey.emulator, bitbucket),
    jira: await useToken(latchkey.emulator, jira),
  };
  return { account, browser: jira.browser, tokens };
}
