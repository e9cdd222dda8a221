import type { Results } from "../results.ts";

/** When and on what it was taken. */
export function tellRun({ takenAt, workerSha256, machine }: Results): string {
  const { cpu, cores, system, node, workerd, storage } = machine;
  return `Taken on ${takenAt.slice(0, 10)}: ${cpu}, ${cores} cores, ${system}, Node ${node}, workerd ${workerd}, storage on a ${storage}; Latchkey's Worker has the SHA-256 ${workerSha256.slice(0, 12)}….`;
}
