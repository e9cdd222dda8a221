import { Fault } from "../scripts/dev/fault.ts";
import { utcDay } from "../src/shared/time.ts";
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
import type { BenchOptions, Part } from "./read-options.ts";
import type { ExpiryRun, Results } from "./results.ts";

/** What a part adds to the results. */
interface Measured extends Partial<Omit<Results, "timings">> {
  readonly timings?: Partial<Results["timings"]>;
}

interface MeasuredPart {
  readonly title: string;
  measure(options: BenchOptions, tell: (line: string) => void): Promise<Measured>;
}

const SECONDS_OF_SCALE = 60;
const SIGNING_IN = CONTENDERS.filter(({ journey }) => journey);
/** What the sign-ins of hundreds left behind would hide what a body takes. */
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
    measure: async ({ owners, seed }) => ({
      scale: await measureScale({ owners, seconds: SECONDS_OF_SCALE, seed }),
    }),
  },
};

/** The first call of a UTC day asks the owner's object: times from both sides of midnight say nothing. */
async function withinOneDay(measure: () => Promise<Measured>): Promise<Measured> {
  const day = utcDay(Date.now());
  const measured = await measure();
  if (utcDay(Date.now()) !== day) throw new Fault("a day ended (UTC) meanwhile: run it once more");
  return measured;
}
