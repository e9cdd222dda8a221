import type { MemorySample, Results } from "../results.ts";
import { formatCount } from "./format-figure.ts";
import { right, type Table } from "./table.ts";

const MOMENTS = 16;

/** The memory of the process, from beginning to end of the run with many owners. */
export function tabulateMemory({ scale }: Results): Table {
  return {
    title: "Memory of the process over time",
    columns: [right("s"), right("connections"), right("reads"), right("MiB")],
    rows: spread(scale?.memory ?? []).map(({ seconds, connections, reads, mib }) =>
      [seconds, connections, reads, mib].map(formatCount),
    ),
  };
}

/** The first, the last, and some between that are equally far apart. */
function spread(samples: readonly MemorySample[]): readonly MemorySample[] {
  if (samples.length <= MOMENTS) return samples;
  const step = (samples.length - 1) / (MOMENTS - 1);
  return Array.from({ length: MOMENTS }, (_, moment) => samples[Math.round(moment * step)]!);
}
