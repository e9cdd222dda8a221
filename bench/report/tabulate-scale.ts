import type { Results } from "../results.ts";
import { formatCount, formatFigure } from "./format-figure.ts";
import { summarize } from "./statistics.ts";
import { left, right, type Table } from "./table.ts";

const TITLE = "Many owners at once";

export function tabulateScale({ scale }: Results): Table {
  if (!scale) return { title: TITLE, columns: [], rows: [] };
  const memory = scale.memory.map(({ mib }) => mib);
  const { max } = summarize(memory);
  return {
    title: TITLE,
    columns: [left("what"), right("figure")],
    rows: [
      ["owners", formatCount(scale.owners)],
      ["connections", formatCount(scale.connections)],
      ["seconds of random reads", formatCount(scale.seconds)],
      ["reads", formatCount(scale.reads)],
      ["errors", formatCount(scale.errors)],
      ["tokens that expired meanwhile", formatCount(scale.expiries)],
      ["refreshes sent", formatCount(scale.refreshes)],
      ["memory of the process: at first, MiB", formatFigure(memory[0]!)],
      ["memory of the process: at most, MiB", formatFigure(max)],
      ["memory of the process: at last, MiB", formatFigure(memory.at(-1)!)],
    ],
  };
}
