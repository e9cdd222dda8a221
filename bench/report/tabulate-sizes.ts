import { LATCHKEY, OURS } from "../names.ts";
import type { Results } from "../results.ts";
import { formatKib } from "./format-figure.ts";
import { left, right, type Table } from "./table.ts";

export function tabulateSizes({ contenders, clientBytes }: Results): Table {
  return {
    title: "Code: KiB, gzipped",
    columns: [left(""), right("KiB")],
    rows: [
      ...contenders
        .filter(({ name }) => name === LATCHKEY || !OURS.includes(name))
        .map(({ name, gzippedBytes }) => [name, formatKib(gzippedBytes)]),
      ["Latchkey's browser client", formatKib(clientBytes)],
    ],
  };
}
