import { sha256 } from "../shared/sha256.ts";
import { type SingleFlight, singleFlight } from "../shared/single-flight.ts";
import { callLatchkey, readLatchkey } from "./call-latchkey.ts";
import { chooseSite, sitesOf } from "./choose-site.ts";
import { connectInPopup } from "./connect-in-popup.ts";
import type { Connection, ProviderId, Site } from "./connection.ts";
import { LatchkeyError } from "./latchkey-error.ts";
import { proxiedPath } from "./proxied-path.ts";
import { type Outcome, withoutOutcome } from "./take-outcome.ts";
import { watchChanges } from "./watch-changes.ts";

/** A token is handed out again while it is good for this long. */
const LEAST_SECONDS = 60;

export interface ConnectOptions {
  /** The page to come back to; the one that is open unless told. In a popup, one of this origin. */
  readonly returnTo?: string | URL;
  /** In a window of its own, which has to be opened during a click. This page stays. */
  readonly popup?: boolean;
}

export interface ProxiedInit extends RequestInit {
  /** The id of a Jira site; needed when the connection reaches several. */
  readonly site?: string;
}

export interface Token {
  readonly accessToken: string;
  readonly tokenType: "Bearer";
  readonly expiresAt: string;
  /** Seconds from now. */
  readonly expiresIn: number;
  readonly scopes: readonly string[];
}

/** What disconnecting did. */
export interface Disconnected {
  readonly provider: ProviderId;
  readonly local: "deleted";
  /** Neither provider lets an app withdraw what a person allowed: they can, at `manageUrl`. */
  readonly remote: "not_supported";
  readonly manageUrl: string;
}

/** What forgetting did. */
export interface Forgotten {
  readonly object: "deleted";
  /** `pending`: a sealed copy is still to be deleted, which Latchkey repeats until it is. */
  readonly kv: "deleted" | "pending";
  readonly cookies: "cleared";
  /** What was connected. */
  readonly connections: readonly ProviderId[];
}

/** What a front-end does with its users' connections. Everything rejects with `LatchkeyError`. */
export interface Latchkey {
  /** Both providers, Bitbucket first, as Latchkey knows them at this moment. */
  connections(): Promise<readonly Connection[]>;

  /**
   * Gets the person's consent. By redirect: leaves this page, and `takeOutcome()` tells in the next
   * how it ended. In a popup: resolves with that. Call it at once when the person clicks.
   */
  connect(provider: ProviderId, options?: ConnectOptions): Promise<Outcome>;

  /**
   * `fetch` of a provider's API, through Latchkey, which adds the access token. Every answer of the
   * provider comes back untouched, also 403, 404 and 429; Latchkey's own problems are thrown.
   *
   * @param path of the API, such as `/2.0/user` or `/rest/api/3/myself`, with its query
   * @throws {TypeError} as `fetch` does, and for a path that a browser would not send as it stands
   */
  fetch(provider: ProviderId, path: string, init?: ProxiedInit): Promise<Response>;

  /**
   * An access token, good for at least a minute. Many calls share one request.
   *
   * @param options `rejected`: the token that the provider no longer takes, to get a newer one
   */
  token(provider: ProviderId, options?: { readonly rejected?: string }): Promise<Token>;

  disconnect(provider: ProviderId): Promise<Disconnected>;

  /** Erases all that Latchkey keeps for this browser. */
  forget(): Promise<Forgotten>;

  /**
   * Calls back whenever connections may have changed: here, in another tab of this origin, or while
   * nobody looked at this tab. Returns what ends that.
   */
  onChange(listener: () => void): () => void;
}

interface KeptToken extends Token {
  /** By this browser's clock, in milliseconds. */
  readonly endsAt: number;
}

/** What needs no asking until something changes. */
interface Memory {
  readonly tokens: Map<ProviderId, KeptToken>;
  readonly underWay: SingleFlight<string, KeptToken>;
  sites?: Promise<readonly Site[]> | undefined;
}

/** @param address where Latchkey runs, such as `https://auth.example.com` */
export function createLatchkey(address: string | URL): Latchkey {
  const { origin } = new URL(address);
  const changes = watchChanges();
  let memory = emptyMemory();
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
      return callLatchkey(origin, proxiedPath(provider, path, siteId), init).catch(distrust);
    },

    async token(provider, { rejected } = {}) {
      // What changes meanwhile leaves this memory behind, and with it what is under way.
      const { tokens, underWay } = memory;
      const kept = tokens.get(provider);
      if (kept && kept.accessToken !== rejected && secondsLeft(kept) >= LEAST_SECONDS) {
        return handOut(kept);
      }
      tokens.delete(provider);
      const asked = underWay.join(`${provider} ${rejected}`, async () => {
        const answer = await askForToken(provider, rejected).catch(distrust);
        const received = { ...answer, endsAt: Date.now() + answer.expiresIn * 1_000 };
        tokens.set(provider, received);
        return received;
      });
      return handOut(await asked);
    },

    disconnect: (provider) => erase(`/connections/${provider}`),
    forget: () => erase("/session"),
    onChange: (listener) => changes.onChange(() => listener()),
  };

  function startUrl(provider: ProviderId, returnTo: URL): string {
    return `${origin}/auth/${provider}?${new URLSearchParams({ return_to: returnTo.href })}`;
  }

  async function connections(): Promise<readonly Connection[]> {
    const listed = await readLatchkey<{ connections: Connection[] }>(origin, "/connections");
    return listed.connections;
  }

  async function askForToken(provider: ProviderId, rejected: string | undefined): Promise<Token> {
    const path = `/connections/${provider}`;
    if (rejected === undefined) return readLatchkey(origin, `${path}/token`);
    return readLatchkey(origin, `${path}/refresh`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ rejected: await sha256(rejected) }),
    });
  }

  /** An answer that did not arrive may have been one that says it is done. */
  function erase<Receipt extends object>(path: string): Promise<Receipt> {
    return readLatchkey<Receipt>(origin, path, { method: "DELETE" }).finally(() =>
      changes.announce(),
    );
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

  function forgetMemory(): void {
    memory = emptyMemory();
  }

  /** When Latchkey knows of no such connection or site, what is remembered is out of date. */
  function distrust(error: unknown): never {
    if (error instanceof LatchkeyError && (error.status === 401 || error.status === 404)) {
      forgetMemory();
    }
    throw error;
  }
}

function emptyMemory(): Memory {
  return { tokens: new Map(), underWay: singleFlight() };
}

function secondsLeft({ endsAt }: KeptToken): number {
  return Math.floor((endsAt - Date.now()) / 1_000);
}

function handOut(kept: KeptToken): Token {
  const { endsAt: _, ...token } = kept;
  return { ...token, expiresIn: Math.max(0, secondsLeft(kept)) };
}
