import { serveBetterAuth } from "./serve-better-auth.ts";

export default serveBetterAuth({
  account: { storeAccountCookie: true },
  // The account cookie lives for as long, and is renewed with it.
  session: { cookieCache: { enabled: true, maxAge: 60 * 60 } },
});
