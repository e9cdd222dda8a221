import { CONTENDERS, PROXIES, READERS } from "./contenders/contenders.ts";
import { countOperations } from "./measures/count-operations.ts";
import { measureCallbacks } from "./measures/measure-callbacks.ts";
import { measureColdStarts } from "./measures/measure-cold-starts.ts";
import { measureExpiry } from "./measures/measure-expiry.ts";
import { measureProxies } from "./measures/measure-proxies.ts";
import { measureProxyMemory } from "./measures/measure-proxy-memory.ts";
import { measureReads } from "./measures/measure-reads.ts";
import { measureScale } from "./measures/measure-scale.ts";
import { withRunning } from "./measures/run-contender.ts";
import { withinOneDay } from "./measures/within-one-day.ts";
import type { MeasuredPart } from "./measure-parts.ts";
import type { Part } from "./read-options.ts";
import type { ExpiryRun } from "./results.ts";

const SECONDS_OF_SCALE = 60;
const SIGNING_IN = CONTENDERS.filter(({ journey }) => journey);
/** Where hundreds signed in, what they left behind would hide what a body takes. */
const ONE_BROWSER = PROXIES.filter(({ browsers }) => browsers === undefined);

export const MEASURED_PARTS: Readonly<Record<Part, MeasuredPart>> = {
  reads: {
    title: "warm reads",
    measure: ({ rounds }) =>
      withinOneDay(async () => ({
        timings: await withRunning(READERS, (running) => measureReads(running, rounds)),
      })),
  },
  callbacks: {
    title: "callbacks",
    measure: async ({ rounds }) => ({
      timings: await withRunning(SIGNING_IN, (running, provider) =>
        measureCallbacks(running, rounds, provider),
      ),
    }),
  },
  cold: {
    title: "cold starts",
    measure: async ({ rounds }) => ({ timings: await measureColdStarts(CONTENDERS, rounds) }),
  },
  proxies: {
    title: "proxied answers",
    measure: ({ rounds }) =>
      withinOneDay(async () => ({
        timings: {
          ...(await withRunning(PROXIES, (running) => measureProxies(running, rounds))),
          ...(await measureProxyMemory(ONE_BROWSER, rounds)),
        },
      })),
  },
  expiry: {
    title: "callers at expiry",
    async measure(_options, tell) {
      const expiry: ExpiryRun[] = [];
      for (const contender of SIGNING_IN) {
        tell(`  ${contender.name}`);
        expiry.push(...(await measureExpiry(contender)));
      }
      return { expiry };
    },
  },
  operations: {
    title: "operations",
    measure: async () => ({ operations: await countOperations() }),
  },
  scale: {
    title: "many owners",
    async measure({ owners, seed }, tell) {
      // Told before: a run that fails can be repeated.
      tell(`  ${owners}, seed ${seed}`);
      return { scale: await measureScale({ owners, seconds: SECONDS_OF_SCALE, seed }) };
    },
  },
};
