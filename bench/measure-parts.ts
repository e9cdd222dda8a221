import type { BenchOptions } from "./read-options.ts";
import type { Results } from "./results.ts";

/** What a part adds to the results. */
interface Measured extends Partial<Omit<Results, "timings">> {
  readonly timings?: Partial<Results["timings"]>;
}

/** Something that can be measured by itself. */
export interface MeasuredPart {
  readonly title: string;
  measure(options: BenchOptions, tell: (line: string) => void): Promise<Measured>;
}

export interface Listeners {
  /** Gets a line at a time on what is being measured. */
  readonly tell: (line: string) => void;
  /** Gets what there is, after each part: a later one that fails takes nothing with it. */
  readonly keep: (results: Results) => Promise<void>;
}

/** Measures one part after the other, and adds it to what there was before. */
export async function measureParts(
  before: Results,
  parts: readonly MeasuredPart[],
  options: BenchOptions,
  { tell, keep }: Listeners,
): Promise<Results> {
  let results = before;
  for (const [index, part] of parts.entries()) {
    tell(`${index + 1} of ${parts.length}: ${part.title}`);
    const measured = await part.measure(options, tell);
    results = { ...results, ...measured, timings: { ...results.timings, ...measured.timings } };
    await keep(results);
  }
  return results;
}
