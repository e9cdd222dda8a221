import type { OperationCount, Results } from "../results.ts";
import { compareTiming } from "./compare-timing.ts";
import { priceOfMillion, type Price, type PricePart } from "./price.ts";
import { left, right, type Table } from "./table.ts";

/**
 * How long an object is awake for a call, in s: assumed. The provider answers a refresh in half a
 * second, and a callback asks it three times; a read that asks the object is over at once.
 */
const AWAKE_SECONDS: Readonly<Record<OperationCount["call"], number>> = {
  "warm read": 0,
  "proxied call": 0,
  refresh: 0.5,
  callback: 1.5,
  "object read": 0.005,
};

/** Grouped by who charges. */
const COLUMNS: Readonly<Record<string, readonly PricePart[]>> = {
  Worker: ["requests", "cpu"],
  KV: ["kvReads", "kvWrites"],
  objects: ["objectRequests"],
  rows: ["rowsRead", "rowsWritten"],
  duration: ["duration"],
};

/** Dollars for a million calls of each kind that was counted. */
export function tabulatePrice(results: Results): Table {
  return {
    title: "Dollars for a million calls",
    note: "The list prices below, beyond what the Workers Paid plan includes, times the operations. Worker: its request, and the CPU of the same row's warm read, for what it does else, too; duration is assumed: half a second for a refresh, three of these for a callback, 5 ms for a read that asks the object. An object that is kept awake for ten seconds by each read costs 16 dollars more. The bare object read is a floor: nothing is sealed, opened or checked.",
    columns: [left(""), left("call"), ...[...Object.keys(COLUMNS), "together"].map(right)],
    rows: results.operations.flatMap((count) => {
      const price = priceOf(results, count);
      if (!price) return [];
      const cells = Object.values(COLUMNS).map((parts) => sum(price, parts));
      return [
        [count.design, count.call, ...[...cells, price.total].map((dollars) => dollars.toFixed(2))],
      ];
    }),
  };
}

/** Dollars for a million calls of a design; `undefined` when they were not measured. */
export function priceOfCalls(
  results: Results,
  design: string,
  call: OperationCount["call"],
): number | undefined {
  const found = results.operations.find((count) => count.design === design && count.call === call);
  return found && priceOf(results, found)?.total;
}

function priceOf(results: Results, count: OperationCount): Price | undefined {
  const cpu = compareTiming(results, "read.cpu", count.design)?.absolute.median;
  const awakeSeconds = AWAKE_SECONDS[count.call];
  return cpu === undefined ? undefined : priceOfMillion(count, { cpuMicros: cpu, awakeSeconds });
}

function sum({ parts }: Price, names: readonly PricePart[]): number {
  return names.reduce((dollars, name) => dollars + parts[name], 0);
}
