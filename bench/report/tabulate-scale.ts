import type { Results } from "../results.ts";
import { formatCount, formatFigure } from "./format-figure.ts";
import { left, right, type Table } from "./table.ts";

const TITLE = "Many owners at once";

export function tabulateScale({ scale }: Results): Table {
  if (!scale) return { title: TITLE, columns: [], rows: [] };
  return {
    title: TITLE,
    columns: [left("what"), right("figure")],
    rows: [
      ["owners", formatCount(scale.owners)],
      ["connections", formatCount(scale.connections)],
      ["seed of what is random", String(scale.seed)],
      ["random reads, s", formatCount(scale.seconds)],
      ["reads", formatCount(scale.reads)],
      ["errors", formatCount(scale.errors)],
      ["tokens that ended meanwhile", formatCount(scale.expiries)],
      ["refreshes while it was read", formatCount(scale.refreshesMeanwhile)],
      ["refreshes, with one read more of each at the end", formatCount(scale.refreshes)],
      ["stored in objects, MiB", formatCount(scale.stored.objectsMib)],
      ["stored in KV, MiB", formatCount(scale.stored.kvMib)],
      ["cores kept busy: by the Worker", formatFigure(scale.cores.worker)],
      ["cores kept busy: by client and provider", formatFigure(scale.cores.client)],
    ],
  };
}
