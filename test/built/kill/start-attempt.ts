import type { Browser } from "../../browser/create-browser.ts";
import type { Provider } from "../../emulator/emulator-protocol.ts";
import { openNodeBrowser } from "../open-node-browser.ts";
import type { Latchkey } from "../run-latchkey.ts";
import { connectedOwner } from "./connected-owner.ts";
import { useToken } from "./use-token.ts";

/** A person on the way to connect `provider` as `account`. */
export interface Attempt {
  readonly browser: Browser;
  readonly provider: Provider;
  readonly account: string;
  /** What they had before: a token of each provider and whose it is. */
  readonly earlier: Earlier | undefined;
  readonly callback: string;
  /** As they were when the callback was sent. */
  readonly cookies: ReadonlyMap<string, string>;
}

export interface Earlier {
  readonly account: string;
  readonly tokens: Readonly<Record<Provider, string>>;
}

/** They have consented; the callback is still to be sent. */
export async function startAttempt(
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

async function connectEarlier(latchkey: Latchkey, account: string) {
  const [bitbucket, jira] = await connectedOwner(latchkey, account);
  if (!bitbucket || !jira) throw new Error("a connection is missing");
  const tokens = {
    bitbucket: await useToken(latchkey.emulator, bitbucket),
    jira: await useToken(latchkey.emulator, jira),
  };
  return { account, browser: jira.browser, tokens };
}
