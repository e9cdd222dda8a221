import { BARE_KV, FLOORS, OURS } from "../names.ts";
import type { Results } from "../results.ts";
import { CHART_WIDTH, drawChart, line, rectangle } from "./chart.ts";
import { compareTiming } from "./compare-timing.ts";
import { formatFigure, formatRatio } from "./format-figure.ts";

const BAR = 16;

/** How long a warm token read takes, the quickest first. */
export function drawReadChart(results: Results): string {
  const measured = results.contenders
    .flatMap(({ name }) => {
      const compared = compareTiming(results, "read.latency", name);
      return compared ? [{ name, ...compared }] : [];
    })
    .toSorted((a, b) => a.absolute.median - b.absolute.median);
  const longest = Math.max(...measured.map(({ absolute }) => absolute.max));
  const x = (ms: number) => (ms / longest) * CHART_WIDTH;
  const floor = measured.find(({ name }) => name === BARE_KV);
  const rows = measured.map(({ name, absolute, ratio }) => {
    const { median, min, max } = absolute;
    return {
      label: name,
      value: `${formatFigure(median)} ms${ratio ? ` · ${formatRatio(ratio.median)} ×` : ""}`,
      barsHeight: BAR,
      bars: [
        rectangle(colourOf(name), 0, x(median), BAR),
        line("whisker", [x(min), BAR / 2], [x(max), BAR / 2]),
        ...[min, max].map((end) => line("whisker", [x(end), 3], [x(end), BAR - 3])),
      ].join(""),
    };
  });
  return drawChart({
    title: "Warm token read",
    notes: [
      "Time to answer (p50), and × the bare KV read (dashed).",
      "Whiskers: fastest and slowest round. Outlined: floors.",
    ],
    description: rows.map(({ label, value }) => `${label}: ${value}`).join("; "),
    rows,
    underlay: (height) =>
      floor ? line("mark", [x(floor.absolute.median), 0], [x(floor.absolute.median), height]) : "",
  });
}

function colourOf(name: string): string {
  if (OURS.includes(name)) return "ours";
  return FLOORS.includes(name) ? "floor" : "peer";
}
