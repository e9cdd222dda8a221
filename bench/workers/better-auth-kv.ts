import { bindings } from "./better-auth-options.ts";
import { serveBetterAuth } from "./serve-better-auth.ts";

const KV_MIN_TTL_SECONDS = 60;

export default serveBetterAuth({
  secondaryStorage: {
    get: (key) => bindings.KV.get(key),
    set: (key, value, ttl) =>
      bindings.KV.put(
        key,
        value,
        ttl === undefined ? {} : { expirationTtl: Math.max(ttl, KV_MIN_TTL_SECONDS) },
      ),
    delete: (key) => bindings.KV.delete(key),
    // The two that have to be atomic, which KV has nothing for: neither is called while
    // verifications are in the database and rates are not limited.
    getAndDelete: () => Promise.reject(new Error("KV does not take and delete in one step")),
    increment: () => Promise.reject(new Error("KV does not count")),
  },
  verification: { storeInDatabase: true },
});
