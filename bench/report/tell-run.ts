import type { Results } from "../results.ts";

/** When and on what it was taken. */
export function tellRun({ takenAt, machine }: Results): string {
  const { cpu, cores, system, node, workerd, storage } = machine;
  return `Taken on ${takenAt.slice(0, 10)}: ${cpu}, ${cores} cores, ${system}, Node ${node}, workerd ${workerd}, storage on a ${storage}.`;
}
