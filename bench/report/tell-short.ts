import { BARE_OBJECT, LATCHKEY } from "../names.ts";
import type { Results } from "../results.ts";
import { compareTiming } from "./compare-timing.ts";
import { formatRatio } from "./format-figure.ts";
import { priceOfReads } from "./tabulate-price.ts";

const CALLERS = 50;

/** What a reader in a hurry takes along, as a list in Markdown; what was not measured is left out. */
export function tellShort(results: Results): string {
  return [tellReads(results), tellExpiry(results), tellPrice(results)]
    .filter((line) => line !== undefined)
    .map((line) => `- ${line}`)
    .join("\n");
}

function tellReads(results: Results): string | undefined {
  const ratio = (id: Parameters<typeof compareTiming>[1]) =>
    compareTiming(results, id, LATCHKEY)?.ratio?.median;
  const [time, cpu, first] = [
    ratio("read.latency"),
    ratio("read.cpu"),
    ratio("first-read.latency"),
  ];
  if (time === undefined || cpu === undefined || first === undefined) return undefined;
  return `A warm token read takes **${formatRatio(time)} ×** as long as a bare KV read, and ${formatRatio(cpu)} × its CPU; ${formatRatio(first)} × as long by a browser that the isolate does not remember.`;
}

/** The shortest wait for the provider: every case of every contender is in the table. */
function tellExpiry({ expiry }: Results): string | undefined {
  const runs = expiry.filter(({ callers }) => callers === CALLERS);
  const shortest = Math.min(...runs.map(({ providerLatencyMs }) => providerLatencyMs));
  const [ours, others] = [true, false].map((isOurs) =>
    runs.filter(
      (run) => run.providerLatencyMs === shortest && (run.contender === LATCHKEY) === isOurs,
    ),
  );
  if (!ours?.[0] || !others?.[0]) return undefined;
  const usable = others.filter((run) => run.usableAfter && run.served === CALLERS).length;
  return `${CALLERS} callers and one expired token: Latchkey sends ${ours[0].refreshes} refresh and serves ${ours[0].served}. Of the ${others.length} others, ${usable} serve all and keep the connection.`;
}

function tellPrice(results: Results): string | undefined {
  const [ours, object] = [priceOfReads(results, LATCHKEY), priceOfReads(results, BARE_OBJECT)];
  if (ours === undefined || object === undefined) return undefined;
  return `A million token reads cost ${ours.toFixed(2)} dollars at Cloudflare; a bare design that asks the owner's object each time, ${object.toFixed(2)}.`;
}
