export interface Summary {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

/** The median and the spread of some rounds. Throws a `RangeError` without rounds, and for what is no number. */
export function summarize(rounds: readonly number[]): Summary {
  if (rounds.length === 0 || !rounds.every(Number.isFinite))
    throw new RangeError(`no rounds of numbers: ${JSON.stringify(rounds)}`);
  const sorted = rounds.toSorted((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  const [below, above] = [sorted[Math.floor(middle)]!, sorted[Math.ceil(middle)]!];
  return { median: (below + above) / 2, min: sorted[0]!, max: sorted.at(-1)! };
}

/**
 * Round by round, one by the other: what slowed the machine down in a round is in both.
 * Throws a `RangeError` unless they were measured in the same rounds.
 */
export function pairedRatios(rounds: readonly number[], base: readonly number[]): number[] {
  if (rounds.length !== base.length)
    throw new RangeError(`${rounds.length} rounds against ${base.length}`);
  return rounds.map((figure, round) => figure / base[round]!);
}
