import type { Results, TimingId } from "../results.ts";
import { compareTiming } from "./compare-timing.ts";
import { formatCount, formatFigure, formatRatio, formatSummary, MISSING } from "./format-figure.ts";
import { left, right, type Table } from "./table.ts";
import { TIMING_ROWS } from "./timing-rows.ts";

/** One row for each contender that this was measured of. */
export function tabulateTiming(results: Results, id: TimingId): Table {
  const { title, unit, better, dividedBy } = TIMING_ROWS[id];
  return {
    title: `${title}: ${unit}, ${better} is better`,
    columns: [left(""), ...figureColumns(dividedBy)],
    rows: results.contenders
      .filter(({ name }) => results.timings[id][name])
      .map(({ name }) => [name, ...figures(results, id, name)]),
  };
}

/** One row for each contender that proxies, and size. */
export function tabulateProxy(results: Results): Table {
  const ids: readonly TimingId[] = [
    "proxy-1kb.throughput",
    "proxy-1mb.throughput",
    "proxy-100mb.throughput",
    "proxy-100mb.memory",
  ];
  return {
    title: "Proxied answers",
    note: "Throughput: higher is better. Memory on top of what the process held: lower is better.",
    columns: [
      left("answer"),
      left(""),
      ...figureColumns(TIMING_ROWS["proxy-1kb.throughput"].dividedBy),
    ],
    rows: ids.flatMap((id) =>
      Object.keys(results.timings[id]).map((name) => [
        `${TIMING_ROWS[id].title}: ${TIMING_ROWS[id].unit}`,
        name,
        ...figures(results, id, name),
      ]),
    ),
  };
}

function figureColumns(dividedBy = "") {
  return [
    right("median"),
    right("min–max"),
    right(`× ${dividedBy}`),
    right("min–max"),
    right("rounds"),
  ];
}

function figures(results: Results, id: TimingId, contender: string): string[] {
  const compared = compareTiming(results, id, contender);
  return [
    ...formatSummary(compared?.absolute, formatFigure),
    ...formatSummary(compared?.ratio, formatRatio),
    compared ? formatCount(compared.rounds) : MISSING,
  ];
}
