import { authjs } from "./authjs.ts";
import { bareKv } from "./bare-kv.ts";
import { bareRoute } from "./bare-route.ts";
import { betterAuthD1, betterAuthKv } from "./better-auth.ts";
import type { Contender } from "../contender.ts";
import { latchkey } from "./latchkey.ts";
import { oauthProviders } from "./oauth-providers.ts";
import { bareObject } from "./bare-object.ts";
import { oidcAuth } from "./oidc-auth.ts";
import { passThroughKv } from "./pass-through-kv.ts";
import { passThrough } from "./pass-through.ts";

/** In the order of the tables. */
export const CONTENDERS: readonly Contender[] = [
  latchkey,
  authjs,
  betterAuthD1,
  betterAuthKv,
  oauthProviders,
  oidcAuth,
  bareKv,
  bareObject,
  bareRoute,
];

/** They take `proxiedBytes`. */
export const PROXIES: readonly Contender[] = [latchkey, passThroughKv, passThrough];
