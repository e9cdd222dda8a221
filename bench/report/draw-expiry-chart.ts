import { LATCHKEY } from "../names.ts";
import type { Results } from "../results.ts";
import { CHART_WIDTH, drawChart, rectangle } from "./chart.ts";
import { CALLERS, expiryInShort, LATENCY_MS } from "./expiry-in-short.ts";
import { formatCount, formatWait } from "./format-figure.ts";

/** What becomes of callers and of the connection, whoever serves most first. */
export function drawExpiryChart(results: Results): string {
  const rows = expiryInShort(results)
    .toSorted((a, b) => b.served - a.served || a.refreshes - b.refreshes)
    .map(({ contender, served, refreshes, usableAfter }) => ({
      label: contender,
      value: `${formatCount(served)} served · ${count(refreshes)}${usableAfter ? "" : " · dead"}`,
      barsHeight: 24,
      bars: [
        rectangle("track", 0, CHART_WIDTH, 14),
        rectangle(contender === LATCHKEY ? "ours" : "peer", 0, width(served), 14),
        rectangle("refresh", 18, width(refreshes), 6),
      ].join(""),
    }));
  return drawChart({
    title: `${CALLERS} callers, and the token has expired`,
    notes: [
      `Upper bar: callers served, of ${CALLERS}. Orange: refreshes sent.`,
      `Provider: ${formatWait(LATENCY_MS)}. Dead: nobody can use the connection.`,
    ],
    description: rows.map(({ label, value }) => `${label}: ${value}`).join("; "),
    rows,
  });
}

function width(calls: number): number {
  return (Math.min(calls, CALLERS) / CALLERS) * CHART_WIDTH;
}

function count(refreshes: number): string {
  return refreshes === 1 ? "1 refresh" : `${formatCount(refreshes)} refreshes`;
}
