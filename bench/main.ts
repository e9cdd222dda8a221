// `npm run bench`: everything, side by side, in one run.
import { parseArgs } from "node:util";
import { CONTENDERS, PROXIES } from "./contenders/contenders.ts";
import { measureCallbacks } from "./measures/measure-callbacks.ts";
import { measureColdStarts } from "./measures/measure-cold-starts.ts";
import { measureExpiry } from "./measures/measure-expiry.ts";
import { measureProxies } from "./measures/measure-proxies.ts";
import { measureReads } from "./measures/measure-reads.ts";
import { createFakeProvider } from "./provider/fake-provider.ts";
import { runContender, type RunningContender } from "./runtime/run-contender.ts";
import type { Contender } from "./contenders/contender.ts";

const { values } = parseArgs({
  options: {
    only: { type: "string" },
    rounds: { type: "string", default: "9" },
    check: { type: "boolean" },
    publish: { type: "boolean" },
  },
});
const rounds = Number(values.rounds);
const provider = createFakeProvider();
async function runAll(contenders: readonly Contender[]) {
  const running = new Map<string, RunningContender>();
  for (const contender of contenders)
    running.set(contender.name, await runContender(contender, provider));
  return running;
}
const is = (part: string) => values.only === undefined || values.only === part;
const out: any = {};
if (is("read") || is("callback")) {
  const all = await runAll(CONTENDERS);
  if (is("read")) Object.assign(out, await measureReads(all, rounds));
  if (is("callback"))
    Object.assign(
      out,
      await measureCallbacks(
        new Map([...all].filter(([, { visitor }]) => visitor)),
        rounds,
        provider,
      ),
    );
  for (const { worker } of all.values()) await worker.stop();
}
if (is("cold")) Object.assign(out, await measureColdStarts(CONTENDERS, rounds, provider));
if (is("proxy")) {
  const all = await runAll(PROXIES);
  Object.assign(out, await measureProxies(all, rounds));
  for (const { worker } of all.values()) await worker.stop();
}
const med = (a: number[]) => a.toSorted((x, y) => x - y)[a.length >> 1]!;
for (const [k, v] of Object.entries<any>(out))
  for (const [n, a] of Object.entries<any>(v))
    console.log(
      k.padEnd(24),
      n.padEnd(26),
      med(a).toFixed(2),
      Math.min(...a).toFixed(2),
      Math.max(...a).toFixed(2),
    );
if (is("expiry"))
  for (const c of CONTENDERS.filter((c) => c.journey))
    console.log(
      await measureExpiry(c, [
        { callers: 50, providerLatencyMs: 80 },
        { callers: 1000, providerLatencyMs: 80 },
      ]),
    );
