import type { Rounds } from "../results.ts";

/**
 * Measures all of them once a round, so that whatever slows the machine down slows all of them. Who
 * comes first changes from round to round.
 */
export async function inRounds<Subject, Figure extends string>(
  subjects: ReadonlyMap<string, Subject>,
  rounds: number,
  measure: (subject: Subject) => Promise<Record<Figure, number>>,
): Promise<Record<Figure, Rounds>> {
  const names = [...subjects.keys()];
  const figures: Record<string, Record<string, number[]>> = {};
  for (let round = 0; round < rounds; round += 1) {
    for (let turn = 0; turn < names.length; turn += 1) {
      const name = names[(round + turn) % names.length]!;
      for (const [figure, value] of Object.entries<number>(await measure(subjects.get(name)!))) {
        ((figures[figure] ??= {})[name] ??= []).push(value);
      }
    }
  }
  return figures;
}
