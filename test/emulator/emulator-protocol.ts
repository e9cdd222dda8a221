// What travels between the emulator and its control client. No `node:` imports: workerd loads this.

/** Named as in Latchkey's paths: `jira` is everything Atlassian answers. */
export type Provider = "bitbucket" | "jira";

export const PROVIDERS: readonly Provider[] = ["bitbucket", "jira"];

/** `other` is any path that no provider has, also outside the four base URLs. */
export type Endpoint = "authorize" | "token" | "identity" | "sites" | "api" | "other";

export type GrantType = "authorization_code" | "refresh_token";

export interface RequestMatch {
  readonly provider?: Provider;
  readonly endpoint?: Endpoint;
  readonly grantType?: GrantType;
  readonly method?: string;
  /** A part of `LoggedRequest.path`. */
  readonly path?: string;
  readonly account?: string;
  /** Also requests whose body is still arriving (default: only complete ones). */
  readonly partial?: boolean;
  readonly aborted?: boolean;
}

export interface GrantMatch {
  readonly provider?: Provider;
  readonly account?: string;
}

export interface LoggedRequest {
  /** Counts from 1 after every reset. */
  readonly sequence: number;
  /** Milliseconds of the real clock, not the emulator's. */
  readonly time: number;
  readonly provider: Provider | null;
  readonly endpoint: Endpoint;
  readonly method: string;
  /** As the provider would see it, byte for byte: without the emulator's prefix and the query. */
  readonly path: string;
  /** The raw request target: prefix, path and query. */
  readonly url: string;
  /** The first value of each parameter; repeated ones can be seen in `url`. */
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  /** A form or JSON object; `{}` for everything else. */
  body: Readonly<Record<string, unknown>>;
  /** At most the first MiB. */
  bodyText: string;
  bodyBytes: number;
  /** The whole body has arrived. */
  complete: boolean;
  grantType: GrantType | null;
  /** Whose code, refresh token or access token it carried, or who decided on the consent page. */
  account: string | null;
  /** `null` until the answer begins. */
  status: number | null;
  /** The connection was gone before the answer was through. */
  aborted: boolean;
}

/** One chain of rotating refresh tokens; every consent starts one. */
export interface GrantSummary {
  readonly provider: Provider;
  readonly account: string;
  readonly family: string;
  readonly scopes: readonly string[];
  readonly sites: readonly string[];
  readonly refreshes: number;
  /** The most of its refreshes that were ever under way at once: sent and not yet answered. */
  readonly mostAtOnce: number;
  readonly alive: boolean;
}

export interface TokenOwner {
  readonly provider: Provider;
  readonly account: string;
  readonly family: string;
  /** Accepted by the API right now. */
  readonly alive: boolean;
}
