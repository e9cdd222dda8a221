// What must hold of an attempt to connect that a kill interrupted.
import type { EmulatorControl } from "../../emulator/control-emulator.ts";
import { EXCHANGES } from "../../emulator/token-requests.ts";
import { openNodeBrowser } from "../open-node-browser.ts";
import type { Latchkey } from "../run-latchkey.ts";
import type { Attempt, Earlier } from "./start-attempt.ts";
import { until } from "./until.ts";
import { type Call, forceRefresh, useToken } from "./use-token.ts";

const SESSION = "__Host-Http-latchkey";
/** How long KV may serve what was there before a commit that was interrupted. */
const PUBLISHED_MS = 60_000;

/**
 * Whether the exchange had been committed, told by whose token it is. A token may come from KV: only
 * a refresh shows that the object has the connection as well.
 */
export async function judgeEarlier(
  emulator: EmulatorControl,
  attempt: Attempt,
  earlier: Earlier,
  isCommitted: boolean | "perhaps",
): Promise<boolean> {
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
    return true;
  }
  if (isCommitted === false) {
    await useSame(emulator, before, earlier.tokens[provider]);
    await forceRefresh(emulator, before, earlier.tokens[provider]);
    return false;
  }
  try {
    await forceRefresh(emulator, before, earlier.tokens[provider]);
    return false;
  } catch {
    await useToken(emulator, now);
    return true;
  }
}

/** The same callback, with the cookies of the first time. */
export async function judgeCallback(latchkey: Latchkey, attempt: Attempt): Promise<void> {
  const { provider, account, callback, cookies } = attempt;
  const again = await openNodeBrowser(latchkey.origin, new Map(cookies)).arrive(callback);
  const text = await again.text();
  if (again.status !== 400 || !text.includes("This connection attempt cannot be completed")) {
    throw new Error(`the same callback again answers ${again.status}`);
  }
  const { length } = await latchkey.emulator.requests({ ...EXCHANGES, provider, account });
  if (length !== 1) throw new Error(`the code was sent ${length} times`);
}

export async function judgeReconnect(emulator: EmulatorControl, attempt: Attempt): Promise<void> {
  const { browser, provider, account } = attempt;
  const { searchParams } = await browser.connect(provider, { account });
  const outcome = searchParams.get("outcome");
  if (outcome !== "connected") throw new Error(`connecting again ends with ${outcome}`);
  await useToken(emulator, { browser, provider, account });
}

/** The other provider's connection has nothing to do with it. */
export async function judgeOther(emulator: EmulatorControl, attempt: Attempt): Promise<void> {
  const { browser, provider, earlier } = attempt;
  const other = provider === "jira" ? "bitbucket" : "jira";
  if (earlier) {
    const call = { browser, provider: other, account: earlier.account } as const;
    await useSame(emulator, call, earlier.tokens[other]);
    await forceRefresh(emulator, call, earlier.tokens[other]);
  } else {
    const { status } = await browser.call("GET", `/connections/${other}/token`);
    if (status !== 401) throw new Error(`what was never connected answers ${status}`);
  }
}

async function useSame(emulator: EmulatorControl, call: Call, token: string): Promise<void> {
  const served = await useToken(emulator, call);
  if (served !== token) throw new Error(`another token of ${call.account}`);
}
