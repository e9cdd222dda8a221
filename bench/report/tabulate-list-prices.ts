import type { Results } from "../results.ts";
import { PRICES, PRICES_TAKEN_ON } from "./price.ts";
import { left, right, type Table } from "./table.ts";

/** What the dollars are reckoned from, beside operations that were counted. */
export function tabulateListPrices({ operations }: Results): Table {
  const rows = Object.values(PRICES).map(({ unit, dollars, source }) => [
    unit,
    dollars.toFixed(3),
    source,
  ]);
  return {
    title: "List prices: dollars for a million",
    note: `Cloudflare's, on the Workers Paid plan, looked up on ${PRICES_TAKEN_ON}.`,
    columns: [left("of"), right("dollars"), left("source")],
    rows: operations.length > 0 ? rows : [],
  };
}
