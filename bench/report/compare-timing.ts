import type { Results, TimingId } from "../results.ts";
import { pairedRatios, type Summary, summarize } from "../statistics.ts";
import { TIMING_ROWS } from "./timing-rows.ts";

interface Comparison {
  readonly rounds: number;
  /** In the row's unit: context. */
  readonly absolute: Summary;
  /** Against the floor, round by round: the message. */
  readonly ratio: Summary | undefined;
}

/** `undefined`: not measured for this contender. Without a ratio: not for the floor. */
export function compareTiming(
  { timings }: Results,
  id: TimingId,
  contender: string,
  against = TIMING_ROWS[id].dividedBy,
): Comparison | undefined {
  const rounds = timings[id][contender];
  const base = against === undefined ? undefined : timings[id][against];
  return (
    rounds && {
      rounds: rounds.length,
      absolute: summarize(rounds),
      ratio: base && summarize(pairedRatios(rounds, base)),
    }
  );
}
