import { bundleContender } from "../runtime/bundle-contender.ts";
import type { Contender } from "../contender.ts";

export const oauthProviders: Contender = {
  name: "@hono/oauth-providers",
  package: "@hono/oauth-providers",
  setup:
    "its Twitch provider (it has none for Atlassian) and its `refreshToken`; it has no sessions, so the tokens are in a signed httpOnly cookie of `hono/cookie`",
  journey: { start: { method: "GET", path: "/twitch" } },
  read: { method: "GET", path: "/token" },
  build: () =>
    bundleContender("oauth-providers", {
      bindings: {
        COOKIE_SECRET: "benchmark-secret-of-32-bytes-here",
        TWITCH_ID: "bench",
        TWITCH_SECRET: "bench",
      },
    }),
  tokenIn: ({ status, text }) =>
    status === 200 ? (JSON.parse(text) as { access_token: string }).access_token : undefined,
  lifetimeFor: (expiredAfterSeconds) => expiredAfterSeconds,
};
