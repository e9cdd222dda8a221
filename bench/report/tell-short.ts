import { BARE_OBJECT, LATCHKEY } from "../names.ts";
import type { Results, TimingId } from "../results.ts";
import { compareTiming } from "./compare-timing.ts";
import { CALLERS, expiryInShort } from "./expiry-in-short.ts";
import { formatRatio } from "./format-figure.ts";
import { priceOfReads } from "./tabulate-price.ts";

/** What a reader in a hurry takes along, as a list in Markdown; what was not measured is left out. */
export function tellShort(results: Results): string {
  return [tellReads(results), tellExpiry(results), tellPrice(results)]
    .filter((line) => line !== undefined)
    .map((line) => `- ${line}`)
    .join("\n");
}

function tellReads(results: Results): string | undefined {
  const ratio = (id: TimingId) => compareTiming(results, id, LATCHKEY)?.ratio?.median;
  const [time, cpu, first] = [
    ratio("read.latency"),
    ratio("read.cpu"),
    ratio("first-read.latency"),
  ];
  if (time === undefined || cpu === undefined || first === undefined) return undefined;
  return `A warm token read takes **${formatRatio(time)} ×** as long as a bare KV read, and ${formatRatio(cpu)} × its CPU; ${formatRatio(first)} × as long by a browser that the isolate does not remember.`;
}

function tellExpiry(results: Results): string | undefined {
  const runs = expiryInShort(results);
  const ours = runs.find(({ contender }) => contender === LATCHKEY);
  const others = runs.filter((run) => run !== ours);
  if (!ours || others.length === 0) return undefined;
  const usable = others.filter((run) => run.usableAfter && run.served === CALLERS).length;
  return `${CALLERS} callers and one expired token: Latchkey sends ${ours.refreshes} refresh and serves ${ours.served}. Of the ${others.length} others, ${usable} serve all and keep the connection.`;
}

function tellPrice(results: Results): string | undefined {
  const [ours, object] = [priceOfReads(results, LATCHKEY), priceOfReads(results, BARE_OBJECT)];
  if (ours === undefined || object === undefined) return undefined;
  return `A million token reads cost ${ours.toFixed(2)} dollars at Cloudflare; a bare design that asks the owner's object each time, ${object.toFixed(2)}.`;
}
