import { ISSUER } from "../provider/openid.ts";
import { bundleContender } from "../runtime/bundle-contender.ts";
import type { Contender } from "../contender.ts";

export const oidcAuth: Contender = {
  name: "@hono/oidc-auth",
  package: "@hono/oidc-auth",
  setup:
    "the example of its README, behind an OpenID issuer; it hands out no access token: a read answers what `getAuth` knows of the person, and it refreshes every `OIDC_AUTH_REFRESH_INTERVAL` (15 minutes by default, seconds where expiry is measured)",
  journey: { start: { method: "GET", path: "/" } },
  read: { method: "GET", path: "/" },
  build: (refreshSeconds) =>
    bundleContender("oidc-auth", {
      bindings: {
        OIDC_AUTH_SECRET: "benchmark-secret-of-32-bytes-here",
        OIDC_ISSUER: ISSUER,
        OIDC_CLIENT_ID: "bench",
        OIDC_CLIENT_SECRET: "bench",
        ...(refreshSeconds === undefined
          ? {}
          : { OIDC_AUTH_REFRESH_INTERVAL: String(refreshSeconds) }),
      },
    }),
  isServed: ({ status, text }) =>
    status === 200 && (JSON.parse(text) as { sub?: string }).sub !== undefined,
  lifetimeFor: (expiredAfterSeconds) => expiredAfterSeconds,
};
