import { expect, test } from "vitest";
import { BARE_KV, LATCHKEY, LATCHKEY_FIRST_CALL, LATCHKEY_KV_READ } from "../../bench/names.ts";
import { drawExpiryChart } from "../../bench/report/draw-expiry-chart.ts";
import { drawReadChart } from "../../bench/report/draw-read-chart.ts";
import { SYNTHETIC } from "./synthetic-results.ts";

test.for([
  {
    name: "warm reads",
    svg: drawReadChart(SYNTHETIC),
    told: /<title id="title">Warm token read<\/title>\n<desc id="description">Latchkey: 0\.50 ms · .+; Latchkey, KV read: 1\.20 ms · .+<\/desc>/,
  },
  {
    name: "expiry",
    svg: drawExpiryChart(SYNTHETIC),
    told: /<title id="title">50 callers, .+<\/title>\n<desc id="description">Latchkey: 50 served · 1 refresh; .+<\/desc>/,
  },
])("the chart of $name tells who doesn't see it, follows dark mode and runs nothing", (chart) => {
  const { svg, told } = chart;
  expect(svg).toMatch(told);
  expect(svg).toContain("prefers-color-scheme: dark");
  expect(svg).not.toMatch(/<script|href|url\(|NaN|undefined|Infinity/);
});

test("bars are as long as the times, the quickest first, with the floor through all of them", () => {
  const svg = drawReadChart(SYNTHETIC);
  expect(labels(svg)).toEqual([
    LATCHKEY,
    "bare Hono route",
    "bare KV read",
    LATCHKEY_KV_READ,
    LATCHKEY_FIRST_CALL,
    "@peer/cookie",
    "Peer on D1",
  ]);
  // The slowest round of all, 12 ms, is as wide as the chart.
  expect(widths(svg, "ours")).toEqual([28.3, 68, 79.3]);
  expect(widths(svg, "floor")).toEqual([45.3, 56.7]);
  expect(widths(svg, "peer")).toEqual([113.3, 340]);
  expect(svg).toContain('<line class="whisker" x1="61.2" y1="8" x2="136" y2="8"/>');
  expect(svg).toContain('<line class="mark" x1="56.7" y1="0" x2="56.7"');
});

test("without the floor there is no mark", () => {
  const { [BARE_KV]: _floor, ...others } = SYNTHETIC.timings["read.latency"];
  const timings = { ...SYNTHETIC.timings, "read.latency": others };
  expect(drawReadChart({ ...SYNTHETIC, timings })).not.toContain('class="mark"');
});

test("at expiry a bar is as long as callers were served, and another as refreshes were sent", () => {
  const svg = drawExpiryChart(SYNTHETIC);
  expect(labels(svg)).toEqual([LATCHKEY, "Peer on D1"]);
  expect(widths(svg, "ours")).toEqual([680]);
  expect(widths(svg, "peer")).toEqual([13.6]);
  expect(widths(svg, "refresh")).toEqual([13.6, 680]);
  expect(svg).toContain("1 served · 50 refreshes · dead");
});

test("a name is text, whatever it holds", () => {
  const contenders = [{ name: "<a> & b", setup: "", gzippedBytes: 1 }];
  const timings = { ...SYNTHETIC.timings, "read.latency": { "<a> & b": [1] } };
  expect(drawReadChart({ ...SYNTHETIC, contenders, timings })).toContain("&lt;a&gt; &amp; b");
});

function labels(svg: string): string[] {
  return [...svg.matchAll(/<text x="0" y="\d+"(?: class="ours")?>([^<]+)</g)].map(
    ([, label = ""]) => label,
  );
}

function widths(svg: string, className: string): number[] {
  return [
    ...svg.matchAll(new RegExp(`<rect class="${className}" y="\\d+" width="([\\d.]+)"`, "g")),
  ].map(([, width]) => Number(width));
}
