// Which of its requests a test means. No `node:` imports: workerd loads this.

export const REFRESHES = { endpoint: "token", grantType: "refresh_token" } as const;
export const EXCHANGES = { endpoint: "token", grantType: "authorization_code" } as const;
