import type { ProviderId } from "./connection.ts";

/** What a front-end does with its users' connections. */
export interface Latchkey {
  /** `fetch` of a provider's API, through Latchkey, which adds the access token. */
  fetch(
    provider: ProviderId,
    path: string,
    init?: RequestInit & { readonly site?: string },
  ): Promise<Response>;
}

/** @param origin where Latchkey runs, such as `https://auth.example.com` */
export function createLatchkey(origin: string): Latchkey {
  return {
    fetch(provider, path, { site, ...init } = {}) {
      const root = provider === "jira" ? `/api/jira/${site}` : "/api/bitbucket";
      const headers = new Headers(init.headers);
      headers.set("X-Latchkey", "1");
      return fetch(origin + root + path, { ...init, headers, credentials: "include" });
    },
  };
}
