import type { MemorySample, Results } from "../results.ts";
import { formatCount, formatFigure, MISSING } from "./format-figure.ts";
import { left, right, type Table } from "./table.ts";

const TITLE = "Many owners at once";

export function tabulateScale({ scale }: Results): Table {
  if (!scale) return { title: TITLE, columns: [], rows: [] };
  const { memory, connections } = scale;
  const memoryWith = (share: number) =>
    mib(memory.find((sample) => sample.connections >= connections * share));
  return {
    title: TITLE,
    columns: [left("what"), right("figure")],
    rows: [
      ["owners", formatCount(scale.owners)],
      ["connections", formatCount(connections)],
      ["seed of what is random", String(scale.seed)],
      ["random reads, s", formatCount(scale.seconds)],
      ["reads", formatCount(scale.reads)],
      ["errors", formatCount(scale.errors)],
      ["tokens that ended meanwhile", formatCount(scale.expiries)],
      ["refreshes while it was read", formatCount(scale.refreshesMeanwhile)],
      ["refreshes, with one read more of each at the end", formatCount(scale.refreshes)],
      ["memory of the process: at first, MiB", mib(memory[0])],
      ["memory: with a tenth of the connections", memoryWith(0.1)],
      ["memory: with a third of the connections", memoryWith(1 / 3)],
      ["memory: with all connections", memoryWith(1)],
      ["memory: half through the reads", mib(memory.find(({ reads }) => reads >= scale.reads / 2))],
      ["memory: at last", mib(memory.at(-1))],
      ["stored, MiB", formatCount(scale.diskMib)],
      ["cores kept busy: by the Worker", formatFigure(scale.cores.worker)],
      ["cores kept busy: by client and provider", formatFigure(scale.cores.client)],
    ],
  };
}

function mib(sample: MemorySample | undefined): string {
  return sample ? formatCount(sample.mib) : MISSING;
}
