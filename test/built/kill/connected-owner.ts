import type { Browser } from "../../browser/create-browser.ts";
import { PROVIDERS, type Provider } from "../../emulator/emulator-protocol.ts";
import { openNodeBrowser } from "../open-node-browser.ts";
import type { Latchkey } from "../run-latchkey.ts";
import { localKv } from "./local-kv.ts";
import { until } from "./until.ts";

export interface Connection {
  readonly provider: Provider;
  /** Whose, at the provider. */
  readonly account: string;
  readonly browser: Browser;
  readonly kvKey: string;
}

/** A person with both connections, which KV has already. One at a time: the keys in KV tell who it is. */
export async function connectedOwner(latchkey: Latchkey, account: string): Promise<Connection[]> {
  const kv = localKv(latchkey.stateFolder);
  const before = kv.records();
  const browser = openNodeBrowser(latchkey.origin);
  for (const provider of PROVIDERS) {
    // The second joins the owner whom the first made.
    await browser.connect(provider, { account });
  }
  return until("both connections in KV", 60_000, () => {
    const keys = [...kv.records().keys()].filter((key) => !before.has(key));
    // A connection of somebody before may be published as late as this, but only one of theirs.
    const owners = keys.map((key) => key.slice(0, key.lastIndexOf(":")));
    const both = owners
      .map((owner) => PROVIDERS.map((provider) => ({ provider, kvKey: `${owner}:${provider}` })))
      .find((some) => some.every(({ kvKey }) => keys.includes(kvKey)));
    return both?.map((one) => ({ ...one, account, browser }));
  });
}
