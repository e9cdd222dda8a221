// better-auth without a database ("Stateless Session Management" of its documentation): it keeps
// session and account in cookies then. `minimal` is without Kysely, which only a database needs.
import { betterAuth } from "better-auth/minimal";
import { BETTER_AUTH_OPTIONS } from "./better-auth-options.ts";

const auth = betterAuth({
  ...BETTER_AUTH_OPTIONS,
  // The strategy that its documentation names for performance; the rest it sets by itself.
  session: { cookieCache: { strategy: "compact" } },
});

export default { fetch: (request) => auth.handler(request) } satisfies ExportedHandler;
