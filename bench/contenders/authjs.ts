import { bundleContender } from "../runtime/bundle-contender.ts";
import type { Contender } from "../contender.ts";

export const authjs: Contender = {
  name: "Auth.js",
  package: "@auth/core",
  setup:
    "JWT cookie session (its default), the Atlassian provider, the refresh token rotation of its guide; a read is `GET /auth/session`",
  journey: {
    async start(ask) {
      const { text } = await ask({ method: "GET", path: "/auth/csrf" });
      return {
        method: "POST",
        path: "/auth/signin/atlassian",
        headers: { "content-type": "application/x-www-form-urlencoded" },
        body: new URLSearchParams(JSON.parse(text) as { csrfToken: string }).toString(),
      };
    },
  },
  read: { method: "GET", path: "/auth/session" },
  build: () =>
    bundleContender("authjs", {
      bindings: {
        AUTH_SECRET: "benchmark-secret-of-32-bytes-here",
        AUTH_ATLASSIAN_ID: "bench",
        AUTH_ATLASSIAN_SECRET: "bench",
      },
    }),
  // After a refusal the session still has the old token, beside the error.
  tokenIn({ text }) {
    const session = JSON.parse(text) as { access_token?: string; error?: string } | null;
    return session?.error === undefined ? session?.access_token : undefined;
  },
  lifetimeFor: (expiredAfterSeconds) => expiredAfterSeconds,
};
