import type { Results } from "../results.ts";
import { formatCount } from "./format-figure.ts";
import { left, right, type Table } from "./table.ts";

/** What Cloudflare charges for, counted. */
export function tabulateOperations({ operations }: Results): Table {
  return {
    title: "Operations for one call",
    columns: [
      left(""),
      left("call"),
      right("KV reads"),
      right("KV writes"),
      right("object requests"),
      right("rows read"),
      right("rows written"),
    ],
    rows: operations.map((count) => [
      count.design,
      count.call,
      ...[
        count.kvReads,
        count.kvWrites,
        count.objectRequests,
        count.rowsRead,
        count.rowsWritten,
      ].map(formatOperations),
    ]),
  };
}

/** Averages over many calls may be fractions. */
function formatOperations(count: number): string {
  return Number.isInteger(count) ? formatCount(count) : count.toFixed(2);
}
