// What a run must consist of to be published, and its figures to be held to budgets.
import { Fault } from "../../scripts/dev/fault.ts";
import { LATCHKEY } from "../names.ts";
import { type Results, TIMING_IDS } from "../results.ts";
import { TIMING_ROWS } from "./timing-rows.ts";

/** A median of fewer is the figure of a moment. */
export const ROUNDS_AT_LEAST = 3;
export const OWNERS_AT_LEAST = 10_000;

/** Throws a `Fault` that tells what is missing, unless each part was measured, and often enough. */
export function requireWholeRun({ timings, expiry, operations, scale }: Results): void {
  const missing: readonly string[] = [
    ...TIMING_IDS.filter((id) => {
      const { dividedBy = LATCHKEY } = TIMING_ROWS[id];
      const names = new Set([LATCHKEY, dividedBy, ...Object.keys(timings[id])]);
      return [...names].some((name) => (timings[id][name]?.length ?? 0) < ROUNDS_AT_LEAST);
    }).map((id) => `${ROUNDS_AT_LEAST} rounds of ${id}`),
    ...(expiry.length > 0 ? [] : ["expiry"]),
    ...(operations.length > 0 ? [] : ["operations"]),
    ...((scale?.owners ?? 0) >= OWNERS_AT_LEAST ? [] : [`${OWNERS_AT_LEAST} owners`]),
  ];
  if (missing.length > 0) throw new Fault(`--publish: the run lacks ${missing.join(", ")}`);
}
