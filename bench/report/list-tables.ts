import type { Results } from "../results.ts";
import type { Table } from "./table.ts";
import { tabulateExpiry } from "./tabulate-expiry.ts";
import { tabulateOperations } from "./tabulate-operations.ts";
import { tabulateListPrices } from "./tabulate-list-prices.ts";
import { tabulatePrice } from "./tabulate-price.ts";
import { tabulateMemory } from "./tabulate-memory.ts";
import { tabulateScale } from "./tabulate-scale.ts";
import { tabulateSizes } from "./tabulate-sizes.ts";
import { tabulateProxy, tabulateTiming } from "./tabulate-timings.ts";

/** Everything that was measured, in reading order. */
export function listTables(results: Results): readonly Table[] {
  return [
    tabulateTiming(results, "read.latency"),
    tabulateTiming(results, "read.throughput"),
    tabulateTiming(results, "read.cpu"),
    tabulateExpiry(results),
    tabulateTiming(results, "callback.latency"),
    tabulateTiming(results, "cold.start"),
    tabulateTiming(results, "cold.latency"),
    tabulateProxy(results),
    tabulateSizes(results),
    tabulateOperations(results),
    tabulatePrice(results),
    tabulateListPrices(results),
    tabulateScale(results),
    tabulateMemory(results),
  ].filter(({ rows }) => rows.length > 0);
}
