import { bareKv } from "./bare-kv.ts";
import { bareRoute } from "./bare-route.ts";
import type { Contender } from "./contender.ts";
import { latchkey } from "./latchkey.ts";
import { objectRead } from "./object-read.ts";

/** In the order of the tables. */
export const CONTENDERS: readonly Contender[] = [latchkey, bareKv, objectRead, bareRoute];
