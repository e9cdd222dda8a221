import { EXCHANGE_MOMENTS } from "./exchange-moments.ts";
import { REFRESH_MOMENTS } from "./refresh-moments.ts";
import type { Moment } from "./round.ts";
import { STRICT_MOMENT } from "./strict-moment.ts";

/** Every moment at which the process is killed, those that take longest first. */
export const MOMENTS: readonly Moment[] = [STRICT_MOMENT, ...REFRESH_MOMENTS, ...EXCHANGE_MOMENTS];
