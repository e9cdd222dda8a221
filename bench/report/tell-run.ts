import type { Results } from "../results.ts";

/** When and on what it was taken. */
export function tellRun({ takenAt, machine, timings }: Results): string {
  const { cpu, cores, system, node, workerd } = machine;
  const rounds = Math.max(...Object.values(timings["read.latency"]).map(({ length }) => length));
  return `Taken on ${takenAt.slice(0, 10)}: ${cpu}, ${cores} cores, ${system}, Node ${node}, workerd ${workerd}. ${rounds} rounds.`;
}
