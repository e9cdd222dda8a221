import type { Results } from "../results.ts";
import { PRICES, PRICES_TAKEN_ON } from "./price.ts";
import { left, right, type Table } from "./table.ts";

/** What the dollars are reckoned from, beside operations that were counted. */
export function tabulateListPrices({ operations }: Results): Table {
  const prices = Object.values(PRICES);
  const sources = [...new Set(prices.map(({ source }) => source))];
  const rows = prices.map(({ unit, dollars }) => [unit, dollars.toFixed(3)]);
  return {
    title: "List prices: dollars for a million",
    note: `Cloudflare's, on the Workers Paid plan, looked up on ${PRICES_TAKEN_ON}: ${sources.join(", ")}`,
    columns: [left("of"), right("dollars")],
    rows: operations.length > 0 ? rows : [],
  };
}
