import { expect, test } from "vitest";
import { BARE_KV, LATCHKEY } from "../../bench/names.ts";
import { measureParts, type MeasuredPart } from "../../bench/measure-parts.ts";
import { readOptions } from "../../bench/read-options.ts";
import type { Results } from "../../bench/results.ts";
import { SYNTHETIC } from "./synthetic-results.ts";

const READS: MeasuredPart = {
  title: "reads",
  measure: async () => ({ timings: { "read.cpu": { [LATCHKEY]: [1], [BARE_KV]: [2] } } }),
};
const SCALE: MeasuredPart = {
  title: "scale",
  async measure(_options, tell) {
    tell("  details");
    return { scale: undefined };
  },
};
const FAILING: MeasuredPart = {
  title: "failing",
  measure: () => Promise.reject(new Error("a callback was answered 500")),
};

test("each part is told, and added to what was measured before", async () => {
  const { told, kept, results } = await measure([READS, SCALE]);
  expect(told).toEqual(["1 of 2: reads", "2 of 2: scale", "  details"]);
  const timings = { ...SYNTHETIC.timings, "read.cpu": { [LATCHKEY]: [1], [BARE_KV]: [2] } };
  const first = { ...SYNTHETIC, timings };
  expect(kept).toEqual([first, { ...first, scale: undefined }]);
  expect(results).toEqual(kept[1]);
});

test("what was measured before one that fails is kept", async () => {
  const { kept, results } = await measure([READS, FAILING, SCALE]);
  expect(kept).toHaveLength(1);
  expect(kept[0]?.timings["read.cpu"]).toEqual({ [LATCHKEY]: [1], [BARE_KV]: [2] });
  expect(results).toEqual(new Error("a callback was answered 500"));
});

async function measure(parts: readonly MeasuredPart[]) {
  const told: string[] = [];
  const kept: Results[] = [];
  const options = readOptions([]);
  if (options === "help") throw new Error("nobody asked for help");
  const results = await measureParts(SYNTHETIC, parts, options, {
    tell: (line) => told.push(line),
    keep: async (some) => void kept.push(some),
  }).catch((error: unknown) => error);
  return { told, kept, results };
}
