// What a run must consist of to be published, and its figures to be held to budgets.
import { Fault } from "../../scripts/dev/fault.ts";
import { LATCHKEY } from "../names.ts";
import { type Results, TIMING_IDS } from "../results.ts";

/** A median of fewer is the figure of a moment. */
export const ROUNDS_AT_LEAST = 3;
export const OWNERS_AT_LEAST = 10_000;

/** Throws a `Fault` that tells what is missing, unless everything was measured, often enough. */
export function requireWholeRun({ timings, expiry, operations, scale }: Results): void {
  const missing: readonly string[] = [
    ...TIMING_IDS.filter((id) => (timings[id][LATCHKEY]?.length ?? 0) < ROUNDS_AT_LEAST).map(
      (id) => `${ROUNDS_AT_LEAST} rounds of ${id}`,
    ),
    ...(expiry.length > 0 ? [] : ["expiry"]),
    ...(operations.length > 0 ? [] : ["operations"]),
    ...((scale?.owners ?? 0) >= OWNERS_AT_LEAST ? [] : [`${OWNERS_AT_LEAST} owners`]),
  ];
  if (missing.length > 0) throw new Fault(`--publish: the run lacks ${missing.join(", ")}`);
}
