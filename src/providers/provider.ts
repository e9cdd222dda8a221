import type { Refusal } from "./refusal.ts";

export const PROVIDER_IDS = ["bitbucket", "jira"] as const;
export type ProviderId = (typeof PROVIDER_IDS)[number];

/** What is known about a provider. Data and pure functions; the protocol is written once, elsewhere. */
export interface Provider {
  readonly id: ProviderId;
  /** Below the deployment's `*_AUTH_URL`. */
  readonly authorizePath: string;
  readonly tokenPath: string;
  /** How the client authenticates at the token endpoint (RFC 6749 section 2.3.1). */
  readonly clientAuthentication: "basic" | "body";
  /** Authorization parameters beyond those of RFC 6749 and RFC 7636. */
  readonly authorizationParameters: Readonly<Record<string, string>>;
  /** A refresh token dies when nobody uses it for this long. */
  readonly refreshTokenIdleDays: number;
  /** Where a person removes the grant: neither provider documents a way for an app to do it. */
  readonly manageUrl: string;
  /** Below `*_API_URL`: lists the sites of a grant. `undefined` where there are no sites. */
  readonly sitesPath: string | undefined;
  /** Below `*_API_URL`: what stands before the first segment of a proxied path. */
  readonly apiPrefix: string;
  /** That first segment; `undefined` where it is the id of a site. */
  readonly apiRoot: string | undefined;
  /** Whether a 401 of the API says that a scope is missing, which no refresh can mend. */
  readonly saysScopeIsMissing: (text: string) => boolean;
  /** Below `*_API_URL`: tells whose grant it is. `siteId` is empty where there are no sites. */
  readonly accountPath: (siteId: string) => string;
  /** The field of that answer with the account id, the only thing kept of a person. */
  readonly accountIdField: string;
  /** Whether an error answer is this provider's text for wrong client credentials. */
  readonly saysWrongCredentials: (refusal: Refusal) => boolean;
  /** Whether that text also comes for a spent refresh token, so that it proves nothing there. */
  readonly wrongCredentialsAreDoubtful: boolean;
}

export function isProviderId(text: string): text is ProviderId {
  return (PROVIDER_IDS as readonly string[]).includes(text);
}
