import type { Provider } from "./provider.ts";

/** Bitbucket Cloud. Its scopes live on the OAuth consumer and cannot be asked for. */
export const bitbucket: Provider = {
  id: "bitbucket",
  authorizePath: "/site/oauth2/authorize",
  tokenPath: "/site/oauth2/access_token",
  clientAuthentication: "basic",
  authorizationParameters: {},
  refreshTokenIdleDays: 90,
  manageUrl: "https://bitbucket.org/account/settings/app-authorizations/",
  sitesPath: undefined,
  apiPrefix: "/",
  apiRoot: "2.0",
  // It answers 403 then.
  saysScopeIsMissing: () => false,
  accountPath: () => "/2.0/user",
  accountIdField: "account_id",
  saysWrongCredentials: ({ error, description }) =>
    error === "unauthorized_client" && /invalid oauth client credentials/i.test(description),
  wrongCredentialsAreDoubtful: true,
};
