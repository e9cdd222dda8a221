import { sha256 } from "../shared/sha256.ts";
import { callLatchkey, readLatchkey } from "./call-latchkey.ts";
import { chooseSite, sitesOf } from "./choose-site.ts";
import { connectInPopup } from "./connect-in-popup.ts";
import type { Connection, ProviderId, Site } from "./connection.ts";
import type { Latchkey, Token } from "./latchkey.ts";
import { LatchkeyError } from "./latchkey-error.ts";
import { latchkeyUrl } from "./latchkey-url.ts";
import { proxiedPath } from "./proxied-path.ts";
import { withoutOutcome } from "./read-outcome.ts";
import type { Disconnected, Forgotten } from "./receipts.ts";
import { tokenMemory } from "./token-memory.ts";
import { watchChanges } from "./watch-changes.ts";

interface Listed {
  readonly connections: readonly Connection[];
}

/** What needs no asking until something changes. */
interface Memory {
  readonly token: ReturnType<typeof tokenMemory>;
  sites?: Promise<readonly Site[]> | undefined;
}

/** @param address where Latchkey runs, such as `https://auth.example.com` */
export function createLatchkey(address: string | URL): Latchkey {
  const { origin } = new URL(address);
  const changes = watchChanges();
  let memory = newMemory();
  changes.onChange(forgetMemory);

  return {
    connections,

    async connect(provider, { returnTo = location.href, popup = false } = {}) {
      const flow = { provider, returnTo: withoutOutcome(new URL(returnTo, location.href)) };
      if (popup) return connectInPopup({ ...flow, startUrl, changes, connections });
      location.assign(startUrl(provider, flow.returnTo));
      return new Promise((resolve) => {
        // Nothing comes after this, but in a page that the browser kept and shows again.
        addEventListener("pageshow", ({ persisted }) => {
          if (persisted) resolve({ provider, outcome: "abandoned" });
        });
      });
    },

    async fetch(provider, path, { site, ...init } = {}) {
      const siteId = provider === "jira" ? (site ?? (await onlySite())) : undefined;
      const url = latchkeyUrl(origin, proxiedPath(provider, path, siteId));
      return callLatchkey(url, init).catch(distrust);
    },

    // What changes meanwhile leaves this memory behind, and with it what is under way.
    token: async (provider, { rejected } = {}) => memory.token(provider, rejected).catch(distrust),
    disconnect: (provider) => erase<Disconnected>(`/connections/${provider}`, "local"),
    forget: () => erase<Forgotten>("/session", "object"),
    onChange: (listener) => changes.onChange(() => listener()),
  };

  function startUrl(provider: ProviderId, returnTo: URL): string {
    const query = new URLSearchParams({ return_to: returnTo.href });
    return latchkeyUrl(origin, `/auth/${provider}?${query}`);
  }

  async function connections(): Promise<readonly Connection[]> {
    const listed = await readLatchkey<Listed>(origin, "/connections", "connections");
    return listed.connections;
  }

  async function askForToken(provider: ProviderId, rejected: string | undefined): Promise<Token> {
    const path = `/connections/${provider}`;
    if (rejected === undefined) return readLatchkey(origin, `${path}/token`, "accessToken");
    return readLatchkey(origin, `${path}/refresh`, "accessToken", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ rejected: await sha256(rejected) }),
    });
  }

  /** An answer that did not arrive may have been one that says it is done. */
  function erase<Receipt extends object>(path: string, key: keyof Receipt): Promise<Receipt> {
    const erased = readLatchkey<Receipt>(origin, path, key, { method: "DELETE" });
    return erased.finally(() => changes.announce());
  }

  async function onlySite(): Promise<string> {
    const current = memory;
    current.sites ??= readSites().catch((error: unknown) => {
      current.sites = undefined;
      throw error;
    });
    return chooseSite(await current.sites);
  }

  async function readSites(): Promise<readonly Site[]> {
    const jira = (await connections()).find(({ provider }) => provider === "jira");
    return sitesOf(jira);
  }

  function newMemory(): Memory {
    return { token: tokenMemory(askForToken) };
  }

  function forgetMemory(): void {
    memory = newMemory();
  }

  /** When Latchkey knows of no such connection or site, what is remembered is out of date. */
  function distrust(error: unknown): never {
    if (error instanceof LatchkeyError && (error.status === 401 || error.status === 404)) {
      forgetMemory();
    }
    throw error;
  }
}
