// better-auth on D1 as its guides for Cloudflare and for performance have it, but for the cookie cache:
// token reads pass it by, and would only renew it.
import { type BetterAuthOptions, betterAuth } from "better-auth";
import { BETTER_AUTH_OPTIONS, bindings } from "./better-auth-options.ts";

/** A Worker that answers below `/api/auth`, and to `PUT /tables` by running the SQL that it brings. */
export function serveBetterAuth(options: BetterAuthOptions): ExportedHandler {
  const auth = betterAuth({
    ...BETTER_AUTH_OPTIONS,
    database: bindings.DB,
    advanced: { ...BETTER_AUTH_OPTIONS.advanced, database: { joins: true } },
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
