import { expect } from "vitest";
import type { Browser } from "./open-browser.ts";

/** The access token that a front-end gets. */
export async function readToken(browser: Browser, provider: string): Promise<string> {
  const response = await browser.call("GET", `/connections/${provider}/token`);
  expect(response.status).toBe(200);
  const { access_token: token } = await response.json<{ access_token: string }>();
  return token;
}

/** Forces a refresh, as a caller does whose token the provider rejected. */
export async function forceRefresh(browser: Browser, provider: string, token: string) {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(token));
  const rejected = new Uint8Array(digest).toBase64({ alphabet: "base64url", omitPadding: true });
  return browser.call("POST", `/connections/${provider}/refresh`, {
    body: JSON.stringify({ rejected }),
  });
}
