/** How long the emulated providers' access tokens live. */
export const LIFETIME_SECONDS = { bitbucket: 7_200, jira: 3_600 } as const;
