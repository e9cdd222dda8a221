import { DatabaseSync } from "node:sqlite";
import { getMigrations } from "better-auth/db/migration";
import type { V4WorkerOptionsShape } from "miniflare";
import { createVisitor } from "../load/visitor.ts";
import { bundleContender } from "../runtime/bundle-contender.ts";
import type { Call, Contender } from "../contender.ts";

const ORIGIN = "https://auth.example.com";
/** It takes a token for expired this long before its end. */
const AHEAD_SECONDS = 5;

interface Setting extends Pick<Contender, "read" | "prepare"> {
  /** Where it keeps what, for the reader of the table. */
  readonly keeps: string;
  readonly forSpeed: string;
  readonly storage?: V4WorkerOptionsShape;
}

const ON_D1 = {
  forSpeed: "joins; no cookie cache, which token reads pass by and would only renew",
  storage: { d1Databases: ["DB"] },
  async read(ask) {
    const { text } = await ask({ method: "GET", path: "/api/auth/list-accounts" });
    const [account] = JSON.parse(text) as { id: string }[];
    return post("/api/auth/get-access-token", { accountId: account?.id });
  },
  async prepare(origin) {
    const tables = await getMigrations({ database: new DatabaseSync(":memory:") });
    const body = await tables.compileMigrations();
    const { status, text } = await createVisitor(origin).call({
      method: "PUT",
      path: "/tables",
      body,
    });
    if (status !== 204) throw new Error(`better-auth: tables answered ${status} ${text}`);
  },
} satisfies Omit<Setting, "keeps">;

const READ_FROM_COOKIE = post("/api/auth/get-access-token", { useAccountCookie: true });

export const betterAuthD1 = betterAuth("better-auth, D1", "better-auth-d1", {
  ...ON_D1,
  keeps: "sessions and accounts in D1",
});

export const betterAuthKv = betterAuth("better-auth, D1 and KV", "better-auth-kv", {
  ...ON_D1,
  keeps: "sessions in KV as secondary storage, accounts in D1",
  storage: { ...ON_D1.storage, kvNamespaces: ["KV"] },
});

export const betterAuthCookie = betterAuth("better-auth, account cookie", "better-auth-cookie", {
  ...ON_D1,
  keeps: "sessions in D1, and the account with its tokens in a cookie, too, which the reads select",
  forSpeed: "joins; cookie cache of an hour, which renews that cookie",
  read: READ_FROM_COOKIE,
});

export const betterAuthStateless = betterAuth("better-auth, stateless", "better-auth-stateless", {
  keeps:
    "no database: the session is in a cookie, and the account with its tokens in another, which the reads select",
  forSpeed:
    "cookie cache, which is all that token reads know of a session here, with its `compact` strategy; `better-auth/minimal`",
  read: READ_FROM_COOKIE,
});

function betterAuth(
  name: string,
  worker: string,
  { keeps, forSpeed, storage, ...use }: Setting,
): Contender {
  return {
    name,
    package: "better-auth",
    setup: `${keeps}; the Atlassian provider, its options for speed on (${forSpeed}), its rate limits off; a read is \`POST /api/auth/get-access-token\``,
    journey: {
      start: post("/api/auth/sign-in/social", { provider: "atlassian", callbackURL: "/" }),
      authorizationUrl: ({ text }) => new URL((JSON.parse(text) as { url: string }).url),
    },
    ...use,
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
