import { PROVIDERS } from "./emulator-protocol.ts";
import type { Provider } from "./emulator-protocol.ts";

type PerProvider<T> = Readonly<Record<Provider, T>>;

export interface EmulatorSettings {
  /** `page`: a person clicks. `allow`, `deny`: an immediate cross-site redirect. */
  readonly consent: "page" | "allow" | "deny";
  /** Who consents when nobody is named. */
  readonly account: string;
  /** Adds an RFC 9207 `iss` to every callback. */
  readonly sendIss: string | null;
  readonly accessTokenSeconds: PerProvider<number>;
  readonly accessTokenLength: PerProvider<number>;
  /** Days a refresh token lives unused. */
  readonly refreshTokenDays: PerProvider<number>;
  /** Days a Jira grant lives at most: 365 was announced in 2022 and left today's docs. */
  readonly jiraAbsoluteDays: number | null;
  /** How long a spent refresh token may be used again. */
  readonly leewaySeconds: PerProvider<number>;
  /** No leeway at Bitbucket: its odd answer from the first reuse on. */
  readonly bitbucketStrict: boolean;
  /** How long after its odd answer Bitbucket gives it to the family's valid tokens too. */
  readonly bitbucketConfusedSeconds: number;
  /** Off: answers carry no refresh token, and a refresh does not spend the one it used. */
  readonly includeRefreshToken: boolean;
  readonly tokenTypeCase: "documented" | "lower" | "title" | "upper";
  readonly scopeField: "scope" | "scopes";
  /** Laid over every successful token answer; `null` stays `null`. */
  readonly overrideTokenFields: Readonly<Record<string, unknown>>;
  /** Left out of every successful token answer, although the rotation happened. */
  readonly omitTokenFields: readonly string[];
  /** The scopes of the Bitbucket client. */
  readonly bitbucketScopes: readonly string[];
  /** The scopes added to the Atlassian app in the console. */
  readonly jiraAppScopes: readonly string[];
  /** Off: only the app's owner, alice, gets past Atlassian's own pages. */
  readonly jiraSharing: boolean;
  readonly deadRefreshAnswer: {
    readonly bitbucket: "unauthorized_client" | "invalid_request" | "invalid_grant" | "inactive";
    readonly jira: "unauthorized_client" | "invalid_grant" | "globally_revoked";
  };
  readonly bitbucketUnauthorized: "current" | "older";
  /** One source says that some paths answer an expired token with 403 or 404. */
  readonly jiraExpiredStatus: 401 | 403 | 404;
  /** Per account; `null` counts but never refuses. */
  readonly apiCallsPerHour: PerProvider<number | null>;
}

/** A per-provider setting takes one value for both, or an object with one or both. */
export type SettingsChange = {
  readonly [K in keyof EmulatorSettings]?: K extends "deadRefreshAnswer"
    ? Partial<EmulatorSettings[K]>
    : EmulatorSettings[K] extends PerProvider<infer T>
      ? T | Partial<EmulatorSettings[K]>
      : EmulatorSettings[K];
};

export const defaultSettings: EmulatorSettings = {
  consent: "page",
  account: "alice",
  sendIss: null,
  accessTokenSeconds: { bitbucket: 7200, jira: 3600 },
  accessTokenLength: { bitbucket: 2600, jira: 1900 },
  refreshTokenDays: { bitbucket: 90, jira: 90 },
  jiraAbsoluteDays: null,
  leewaySeconds: { bitbucket: 600, jira: 600 },
  bitbucketStrict: false,
  bitbucketConfusedSeconds: 180,
  includeRefreshToken: true,
  tokenTypeCase: "documented",
  scopeField: "scope",
  overrideTokenFields: {},
  omitTokenFields: [],
  bitbucketScopes: ["account", "repository", "pullrequest"],
  jiraAppScopes: ["read:jira-work", "write:jira-work", "read:jira-user", "manage:jira-project"],
  jiraSharing: true,
  deadRefreshAnswer: { bitbucket: "unauthorized_client", jira: "unauthorized_client" },
  bitbucketUnauthorized: "current",
  jiraExpiredStatus: 401,
  apiCallsPerHour: { bitbucket: null, jira: null },
};

const PER_PROVIDER: ReadonlySet<string> = new Set([
  "accessTokenSeconds",
  "accessTokenLength",
  "refreshTokenDays",
  "leewaySeconds",
  "deadRefreshAnswer",
  "apiCallsPerHour",
]);

/** Throws on a name that no setting has: a typo would make a test prove nothing. */
export function changeSettings(
  settings: EmulatorSettings,
  change: Readonly<Record<string, unknown>>,
): EmulatorSettings {
  const changed: Record<string, unknown> = { ...settings };
  for (const [name, value] of Object.entries(change)) {
    if (!(name in defaultSettings)) throw new Error(`no such setting: ${name}`);
    changed[name] = PER_PROVIDER.has(name) ? perProvider(name, changed[name], value) : value;
  }
  return changed as unknown as EmulatorSettings;
}

function perProvider(name: string, before: unknown, value: unknown): unknown {
  if (value === null || typeof value !== "object") return { bitbucket: value, jira: value };
  const stranger = Object.keys(value).find((key) => !PROVIDERS.some((known) => known === key));
  if (stranger !== undefined) throw new Error(`no such provider in ${name}: ${stranger}`);
  return { ...(before as object), ...value };
}
