import type { Provider } from "./provider.ts";

/** Jira Cloud, behind Atlassian's OAuth 2.0 (3LO). */
export const jira: Provider = {
  id: "jira",
  authorizePath: "/authorize",
  tokenPath: "/oauth/token",
  clientAuthentication: "body",
  authorizationParameters: { audience: "api.atlassian.com", prompt: "consent" },
  refreshTokenIdleDays: 90,
  manageUrl: "https://id.atlassian.com/manage-profile/apps",
  sitesPath: "/oauth/token/accessible-resources",
  apiPrefix: "/ex/jira/",
  apiRoot: undefined,
  saysScopeIsMissing: (text) => /scope does not match/i.test(text),
  accountPath: (siteId) => `/ex/jira/${encodeURIComponent(siteId)}/rest/api/3/myself`,
  accountIdField: "accountId",
  saysWrongCredentials: ({ error, description }) =>
    error === "access_denied" && /^unauthorized$/i.test(description.trim()),
  wrongCredentialsAreDoubtful: false,
};
