import { summarize } from "../statistics.ts";
import type { Rounds } from "../results.ts";

/**
 * Measures all of them in turn, for a moment each, so that whatever slows the machine down slows all
 * of them. A round is some turns, and its figure their median; who comes first changes with every turn.
 */
export async function inRounds<Subject, Figure extends string>(
  subjects: ReadonlyMap<string, Subject>,
  rounds: number,
  measure: (subject: Subject) => Promise<Record<Figure, number>>,
  turns = 10,
): Promise<Record<Figure, Rounds>> {
  const figures: Record<string, Record<string, number[]>> = {};
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, measured] of await measureRound(subjects, measure, round * turns, turns)) {
      for (const figure of Object.keys(measured[0]!) as Figure[]) {
        const { median } = summarize(measured.map((turn) => turn[figure]));
        ((figures[figure] ??= {})[name] ??= []).push(median);
      }
    }
  }
  return figures;
}

async function measureRound<Subject, Figure extends string>(
  subjects: ReadonlyMap<string, Subject>,
  measure: (subject: Subject) => Promise<Record<Figure, number>>,
  turnsBefore: number,
  turns: number,
): Promise<ReadonlyMap<string, readonly Record<Figure, number>[]>> {
  const names = [...subjects.keys()];
  const measured = new Map(names.map((name) => [name, [] as Record<Figure, number>[]]));
  for (let turn = 0; turn < turns; turn += 1) {
    for (let place = 0; place < names.length; place += 1) {
      const name = names[(turnsBefore + turn + place) % names.length]!;
      measured.get(name)!.push(await measure(subjects.get(name)!));
    }
  }
  return measured;
}
