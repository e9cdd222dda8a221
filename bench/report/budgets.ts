import { LATCHKEY, LATCHKEY_FIRST_CALL, LATCHKEY_KV_READ, PASS_THROUGH_KV } from "../names.ts";
import { EXPIRY_CALLERS, EXPIRY_LATENCIES_MS } from "../expiry-cases.ts";
import type { Results, TimingId } from "../results.ts";
import { CLIENT_BUDGET_KIB, WORKER_BUDGET_KIB } from "../../scripts/bundle/size-budgets.ts";
import { compareTiming } from "./compare-timing.ts";
import {
  formatCount,
  formatKib,
  formatRatio,
  formatSummary,
  formatWait,
  MISSING,
} from "./format-figure.ts";
import { OWNERS_AT_LEAST, ROUNDS_AT_LEAST } from "./whole-run.ts";

export interface Budget {
  readonly what: string;
  readonly measured: string;
  readonly limit: string;
  readonly holds: boolean;
  /** What we would like, and do not hold ourselves to. */
  readonly isGoal?: boolean;
}

interface RatioBudget {
  readonly id: TimingId;
  readonly what: string;
  /** Default: Latchkey as it is. */
  readonly contender?: string;
  /** Default: the floor of its row. */
  readonly against?: string;
  readonly atMost?: number;
  readonly atLeast?: number;
  readonly isGoal?: boolean;
}

const RATIOS: readonly RatioBudget[] = [
  { id: "read.latency", what: "warm read, p50, × the bare KV read", atMost: 0.6 },
  {
    id: "read.latency",
    what: "KV read, p50, × the bare KV read",
    contender: LATCHKEY_KV_READ,
    atMost: 1.4,
  },
  {
    id: "read.latency",
    what: "KV read, p50, in a calm run",
    contender: LATCHKEY_KV_READ,
    atMost: 1.25,
    isGoal: true,
  },
  {
    id: "read.latency",
    what: "first call, p50, × the bare KV read",
    contender: LATCHKEY_FIRST_CALL,
    atMost: 1.25,
    isGoal: true,
  },
  { id: "read.cpu", what: "warm read, CPU, × the bare KV read", atMost: 2 },
  {
    id: "read.cpu",
    what: "KV read, CPU, × the bare KV read",
    contender: LATCHKEY_KV_READ,
    atMost: 2,
  },
  {
    id: "read.cpu",
    what: "first call, CPU, × the bare KV read",
    contender: LATCHKEY_FIRST_CALL,
    atMost: 2,
  },
  { id: "proxy-1mb.throughput", what: "proxied 1 MB, × the pass-through", atLeast: 0.9 },
  {
    id: "proxy-1mb.throughput",
    what: "KV read, 1 MB, × pass-through",
    contender: LATCHKEY_KV_READ,
    atLeast: 0.9,
    isGoal: true,
  },
  {
    id: "proxy-1mb.throughput",
    what: "KV read, 1 MB, × pass-through with KV",
    contender: LATCHKEY_KV_READ,
    against: PASS_THROUGH_KV,
    atLeast: 0.75,
  },
];

/** What Latchkey has to keep to. A figure that is missing keeps nothing. */
export function checkBudgets(results: Results): readonly Budget[] {
  const worker = results.contenders.find(({ name }) => name === LATCHKEY)?.gzippedBytes;
  return [
    ...RATIOS.map((budget) => checkRatio(results, budget)),
    ...EXPIRY_CALLERS.flatMap((callers) =>
      EXPIRY_LATENCIES_MS.map((latency) => checkExpiry(results, callers, latency)),
    ),
    checkScale(results),
    checkSize("Worker, gzipped", worker, WORKER_BUDGET_KIB),
    checkSize("browser client, gzipped", results.clientBytes, CLIENT_BUDGET_KIB),
  ];
}

function checkRatio(
  results: Results,
  {
    id,
    what,
    contender = LATCHKEY,
    against,
    atMost = Infinity,
    atLeast = 0,
    isGoal = false,
  }: RatioBudget,
): Budget {
  const { ratio, rounds = 0 } = compareTiming(results, id, contender, against) ?? {};
  return {
    what,
    // Finer than the tables: what misses by a hair must not look as if it held.
    measured: ratio
      ? `${ratio.median.toFixed(3)} (${formatSummary(ratio, formatRatio)[1]})${rounds < ROUNDS_AT_LEAST ? ", too few rounds" : ""}`
      : MISSING,
    limit: atMost < Infinity ? `≤ ${atMost}` : `≥ ${atLeast}`,
    holds:
      ratio !== undefined &&
      rounds >= ROUNDS_AT_LEAST &&
      ratio.median >= atLeast &&
      ratio.median <= atMost,
    isGoal,
  };
}

function checkExpiry({ expiry }: Results, callers: number, latencyMs: number): Budget {
  const runs = expiry.filter(
    (run) =>
      run.contender === LATCHKEY && run.callers === callers && run.providerLatencyMs === latencyMs,
  );
  return {
    what: `${formatCount(callers)} callers at expiry, provider ${formatWait(latencyMs)}`,
    measured: runs.map(tell).join("; ") || MISSING,
    limit: "1, all, usable",
    holds:
      runs.length > 0 &&
      runs.every((run) => run.refreshes === 1 && run.served === callers && run.usableAfter),
  };
}

function checkScale({ scale }: Results): Budget {
  return {
    what: `${scale ? formatCount(scale.owners) : "many"} owners at random`,
    measured: scale
      ? `${formatCount(scale.errors)} errors${scale.errors > 0 ? ` (${scale.firstErrors[0]})` : ""}, ${formatCount(scale.refreshes)} of ${formatCount(scale.expiries)} refreshes${scale.owners < OWNERS_AT_LEAST ? ", too few owners" : ""}`
      : MISSING,
    limit: "0, all once",
    holds:
      scale !== undefined &&
      scale.owners >= OWNERS_AT_LEAST &&
      scale.reads > 0 &&
      scale.errors === 0 &&
      scale.expiries > 0 &&
      scale.refreshes === scale.expiries,
  };
}

function tell(run: { refreshes: number; served: number; usableAfter: boolean }): string {
  return `${formatCount(run.refreshes)} sent, ${formatCount(run.served)} served, ${run.usableAfter ? "usable" : "dead"}`;
}

function checkSize(what: string, bytes: number | undefined, kib: number): Budget {
  return {
    what,
    measured: bytes === undefined ? MISSING : `${formatKib(bytes)} KiB`,
    limit: `≤ ${kib} KiB`,
    holds: bytes !== undefined && bytes > 0 && bytes <= kib * 1_024,
  };
}
