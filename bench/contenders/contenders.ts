import { authjs } from "./authjs.ts";
import { bareKv } from "./bare-kv.ts";
import { bareRoute } from "./bare-route.ts";
import {
  betterAuthCookie,
  betterAuthD1,
  betterAuthKv,
  betterAuthStateless,
} from "./better-auth.ts";
import type { Contender } from "../contender.ts";
import { latchkeyFirstCall, latchkeyKvRead } from "./latchkey-forgetful.ts";
import { latchkey } from "./latchkey.ts";
import { oauthProviders } from "./oauth-providers.ts";
import { bareObject } from "./bare-object.ts";
import { oidcAuth } from "./oidc-auth.ts";
import { passThroughKv } from "./pass-through-kv.ts";
import { passThrough } from "./pass-through.ts";

/** Latchkey, its peers and the floors of what they do; in the order of the tables. */
export const CONTENDERS: readonly Contender[] = [
  latchkey,
  authjs,
  betterAuthD1,
  betterAuthKv,
  betterAuthCookie,
  betterAuthStateless,
  oauthProviders,
  oidcAuth,
  bareKv,
  bareObject,
  bareRoute,
];

/** Those whose reads are measured, in the order of the tables. */
export const READERS: readonly Contender[] = [
  latchkey,
  latchkeyKvRead,
  latchkeyFirstCall,
  ...CONTENDERS.filter((contender) => contender !== latchkey),
];

/** They take `proxiedBytes`. */
export const PROXIES: readonly Contender[] = [latchkey, latchkeyKvRead, passThroughKv, passThrough];
