import { BARE_OBJECT, LATCHKEY, LATCHKEY_KV_READ, OURS, PASS_THROUGH_KV } from "../names.ts";
import type { Results } from "../results.ts";
import { compareTiming } from "./compare-timing.ts";
import { CALLERS, expiryInShort } from "./expiry-in-short.ts";
import { formatRatio } from "./format-figure.ts";
import { priceOfCalls } from "./tabulate-price.ts";

/** What a reader in a hurry takes along, as a list in Markdown; what was not measured is left out. */
export function tellShort(results: Results): string {
  return [tellReads(results), tellExpiry(results), tellProxy(results), tellPrice(results)]
    .filter((line) => line !== undefined)
    .map((line) => `- ${line}`)
    .join("\n");
}

function tellReads(results: Results): string | undefined {
  const [again, kvRead, first] = OURS.map((name) => compareTiming(results, "read.latency", name));
  if (!again?.ratio || !kvRead?.ratio || !first?.ratio) return undefined;
  return `A warm token read takes **${formatRatio(again.ratio.median)} ×** as long as a bare KV read when the isolate read that record less than five seconds ago, **${formatRatio(kvRead.ratio.median)} ×** when it has to read KV, and **${formatRatio(first.ratio.median)} ×** by a browser that is new to it.`;
}

function tellExpiry(results: Results): string | undefined {
  const runs = expiryInShort(results);
  const ours = runs.find(({ contender }) => contender === LATCHKEY);
  const others = runs.filter((run) => run !== ours);
  if (!ours || others.length === 0) return undefined;
  const usable = others.filter((run) => run.usableAfter && run.served === CALLERS).length;
  return `${CALLERS} callers and one expired token: Latchkey sends ${ours.refreshes} refresh and serves ${ours.served}. Of the ${others.length} others, ${usable} serve all and keep the connection.`;
}

function tellProxy(results: Results): string | undefined {
  const [remembered, read, floor] = [LATCHKEY, LATCHKEY_KV_READ, PASS_THROUGH_KV].map(
    (name) => compareTiming(results, "proxy-1mb.throughput", name)?.ratio,
  );
  if (!remembered || !read || !floor) return undefined;
  return `A proxied answer of 1 MB comes at ${formatRatio(remembered.median)} of the throughput of a bare pass-through when the token is remembered, and at ${formatRatio(read.median)} with a KV read; a bare pass-through that reads KV reaches ${formatRatio(floor.median)}.`;
}

function tellPrice(results: Results): string | undefined {
  const prices = [
    priceOfCalls(results, LATCHKEY_KV_READ, "warm read"),
    priceOfCalls(results, LATCHKEY, "warm read"),
    priceOfCalls(results, BARE_OBJECT, "object read"),
  ].map((price) => price?.toFixed(2));
  const [kvRead, again, object] = prices;
  if (prices.includes(undefined)) return undefined;
  return `A million token reads cost ${kvRead} dollars at Cloudflare when each reads KV, ${again} when they find the token remembered; a bare design that asks the owner's object each time, ${object}.`;
}
