// better-auth on D1 as its guides for Cloudflare and for performance have it.
import { env, waitUntil } from "cloudflare:workers";
import { type BetterAuthOptions, betterAuth } from "better-auth";

interface Bindings {
  readonly DB: D1Database;
  readonly KV: KVNamespace;
  readonly ATLASSIAN_CLIENT_ID: string;
  readonly ATLASSIAN_CLIENT_SECRET: string;
}

export const bindings = env as unknown as Bindings;

/** A Worker that answers below `/api/auth`, and to `PUT /tables` by running the SQL that it brings. */
export function serveBetterAuth(options: BetterAuthOptions): ExportedHandler {
  const auth = betterAuth({
    database: bindings.DB,
    socialProviders: {
      atlassian: {
        clientId: bindings.ATLASSIAN_CLIENT_ID,
        clientSecret: bindings.ATLASSIAN_CLIENT_SECRET,
        scope: ["read:me", "read:jira-work"],
        prompt: "consent",
      },
    },
    session: { cookieCache: { enabled: true, maxAge: 5 * 60 } },
    advanced: {
      database: { joins: true },
      ipAddress: { ipAddressHeaders: ["cf-connecting-ip"] },
      backgroundTasks: { handler: waitUntil },
    },
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    ...options,
  });
  return {
    async fetch(request) {
      if (new URL(request.url).pathname !== "/tables") return auth.handler(request);
      const statements = (await request.text()).split(";").filter((sql) => sql.trim() !== "");
      await bindings.DB.batch(statements.map((sql) => bindings.DB.prepare(sql)));
      return new Response(null, { status: 204 });
    },
  };
}
