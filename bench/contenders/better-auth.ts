import { DatabaseSync } from "node:sqlite";
import { getMigrations } from "better-auth/db/migration";
import type { V4WorkerOptionsShape } from "miniflare";
import { createVisitor } from "../load/visitor.ts";
import { bundleContender } from "../runtime/bundle-contender.ts";
import type { Call, Contender } from "../contender.ts";

const ORIGIN = "https://auth.example.com";
/** It takes a token for expired this long before its end. */
const AHEAD_SECONDS = 5;

const SETUP =
  "the Atlassian provider, its options for speed on (cookie cache, which token reads pass by to see revoked sessions; joins), its rate limits off; a read is `POST /api/auth/get-access-token`";

export const betterAuthD1 = betterAuthOn("better-auth, D1", "better-auth-d1", {
  setup: `sessions and accounts in D1, ${SETUP}`,
  storage: { d1Databases: ["DB"] },
});

export const betterAuthKv = betterAuthOn("better-auth, D1 and KV", "better-auth-kv", {
  setup: `sessions in KV as secondary storage, accounts in D1, ${SETUP}`,
  storage: { d1Databases: ["DB"], kvNamespaces: ["KV"] },
});

const fromCookie = betterAuthOn("better-auth, account cookie", "better-auth-cookie", {
  setup: `sessions in D1, and the account with its tokens in a cookie, too, which the reads select; ${SETUP}`,
  storage: { d1Databases: ["DB"] },
});
export const betterAuthCookie: Contender = {
  ...fromCookie,
  read: post("/api/auth/get-access-token", { useAccountCookie: true }),
};

function betterAuthOn(
  name: string,
  worker: string,
  { setup, storage }: { readonly setup: string; readonly storage: V4WorkerOptionsShape },
): Contender {
  return {
    name,
    package: "better-auth",
    setup,
    journey: {
      start: post("/api/auth/sign-in/social", { provider: "atlassian", callbackURL: "/" }),
      authorizationUrl: ({ text }) => new URL((JSON.parse(text) as { url: string }).url),
    },
    async read(ask) {
      const { text } = await ask({ method: "GET", path: "/api/auth/list-accounts" });
      const [account] = JSON.parse(text) as { id: string }[];
      return post("/api/auth/get-access-token", { accountId: account?.id });
    },
    build: () =>
      bundleContender(worker, {
        ...storage,
        compatibilityFlags: ["nodejs_compat"],
        bindings: {
          BETTER_AUTH_URL: ORIGIN,
          BETTER_AUTH_SECRET: "benchmark-secret-of-32-bytes-here",
          ATLASSIAN_CLIENT_ID: "bench",
          ATLASSIAN_CLIENT_SECRET: "bench",
        },
      }),
    async prepare(origin) {
      const tables = await getMigrations({ database: new DatabaseSync(":memory:") });
      const body = await tables.compileMigrations();
      const { status, text } = await createVisitor(origin).call({
        method: "PUT",
        path: "/tables",
        body,
      });
      if (status !== 204) throw new Error(`${name}: tables answered ${status} ${text}`);
    },
    tokenIn: ({ text }) => (JSON.parse(text) as { accessToken?: string }).accessToken,
    lifetimeFor: (expiredAfterSeconds) => expiredAfterSeconds + AHEAD_SECONDS,
  };
}

/** As the page of the app would send it. */
function post(path: string, body: object): Call {
  return {
    method: "POST",
    path,
    headers: { "content-type": "application/json", origin: ORIGIN },
    body: JSON.stringify(body),
  };
}
