import type { Connection, ProviderId } from "./connection.ts";
import type { Outcome } from "./read-outcome.ts";
import type { Disconnected, Forgotten } from "./receipts.ts";

export interface ConnectOptions {
  /** The page to come back to; the one that is open unless told. In a popup, one of this origin. */
  readonly returnTo?: string | URL | undefined;
  /** In a window of its own, which has to be opened during a click. This page stays. */
  readonly popup?: boolean | undefined;
}

export interface ProxiedInit extends RequestInit {
  /** The id of a Jira site; needed when the connection reaches several. */
  readonly site?: string | undefined;
}

export interface TokenOptions {
  /** The token that the provider no longer takes, to get a newer one. */
  readonly rejected?: string | undefined;
}

export interface Token {
  readonly accessToken: string;
  readonly tokenType: "Bearer";
  readonly expiresAt: string;
  /** Seconds from now. */
  readonly expiresIn: number;
  readonly scopes: readonly string[];
}

/** What a front-end does with its users' connections. Latchkey's problems reject as `LatchkeyError`. */
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

  /** An access token, good for at least a minute. Many calls share one request. */
  token(provider: ProviderId, options?: TokenOptions): Promise<Token>;

  disconnect(provider: ProviderId): Promise<Disconnected>;

  /** Erases all that Latchkey keeps for this browser. */
  forget(): Promise<Forgotten>;

  /**
   * Calls back whenever connections may have changed: here, in another tab of this origin, or while
   * nobody looked at this tab. Returns what ends that.
   */
  onChange(listener: () => void): () => void;
}
