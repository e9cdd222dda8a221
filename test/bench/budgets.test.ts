import { expect, test } from "vitest";
import { BARE_KV, LATCHKEY, LATCHKEY_FIRST_CALL, LATCHKEY_KV_READ } from "../../bench/names.ts";
import { checkBudgets } from "../../bench/report/budgets.ts";
import type { Results, ScaleRun, TimingId } from "../../bench/results.ts";
import { SYNTHETIC } from "./synthetic-results.ts";

const SCALE = "10,000 owners at random";
const NAMES = checkBudgets(SYNTHETIC).map(({ what }) => what);

test("every budget is checked, at every number of callers and every latency", () => {
  expect(checkBudgets(SYNTHETIC)).toMatchInlineSnapshot(`
    [
      {
        "holds": true,
        "isGoal": false,
        "limit": "≤ 0.6",
        "measured": "0.500 (0.50–0.50)",
        "what": "warm read, p50, × the bare KV read",
      },
      {
        "holds": true,
        "isGoal": false,
        "limit": "≤ 1.4",
        "measured": "1.200 (1.20–1.20)",
        "what": "KV read, p50, × the bare KV read",
      },
      {
        "holds": true,
        "isGoal": true,
        "limit": "≤ 1.25",
        "measured": "1.200 (1.20–1.20)",
        "what": "KV read, p50, in a calm run",
      },
      {
        "holds": false,
        "isGoal": true,
        "limit": "≤ 1.25",
        "measured": "1.400 (1.40–1.40)",
        "what": "first call, p50, × the bare KV read",
      },
      {
        "holds": true,
        "isGoal": false,
        "limit": "≤ 2",
        "measured": "0.750 (0.75–0.75)",
        "what": "warm read, CPU, × the bare KV read",
      },
      {
        "holds": true,
        "isGoal": false,
        "limit": "≤ 2",
        "measured": "1.500 (1.50–1.50)",
        "what": "KV read, CPU, × the bare KV read",
      },
      {
        "holds": true,
        "isGoal": false,
        "limit": "≤ 2",
        "measured": "1.750 (1.75–1.75)",
        "what": "first call, CPU, × the bare KV read",
      },
      {
        "holds": true,
        "isGoal": false,
        "limit": "≥ 0.9",
        "measured": "0.950 (0.95–0.95)",
        "what": "proxied 1 MB, × the pass-through",
      },
      {
        "holds": false,
        "isGoal": true,
        "limit": "≥ 0.9",
        "measured": "0.760 (0.76–0.76)",
        "what": "KV read, 1 MB, × pass-through",
      },
      {
        "holds": true,
        "isGoal": false,
        "limit": "≥ 0.75",
        "measured": "0.950 (0.95–0.95)",
        "what": "KV read, 1 MB, × pass-through with KV",
      },
      {
        "holds": true,
        "limit": "1, all, usable",
        "measured": "1 sent, 50 served, usable",
        "what": "50 callers at expiry, provider 80 ms",
      },
      {
        "holds": true,
        "limit": "1, all, usable",
        "measured": "1 sent, 50 served, usable",
        "what": "50 callers at expiry, provider 3 s",
      },
      {
        "holds": true,
        "limit": "1, all, usable",
        "measured": "1 sent, 50 served, usable",
        "what": "50 callers at expiry, provider 12 s",
      },
      {
        "holds": true,
        "limit": "1, all, usable",
        "measured": "1 sent, 1,000 served, usable",
        "what": "1,000 callers at expiry, provider 80 ms",
      },
      {
        "holds": true,
        "limit": "1, all, usable",
        "measured": "1 sent, 1,000 served, usable",
        "what": "1,000 callers at expiry, provider 3 s",
      },
      {
        "holds": true,
        "limit": "1, all, usable",
        "measured": "1 sent, 1,000 served, usable",
        "what": "1,000 callers at expiry, provider 12 s",
      },
      {
        "holds": true,
        "limit": "0, all once",
        "measured": "0 errors, 2,000 of 2,000 refreshes",
        "what": "10,000 owners at random",
      },
      {
        "holds": true,
        "limit": "≤ 40 KiB",
        "measured": "20.0 KiB",
        "what": "Worker, gzipped",
      },
      {
        "holds": true,
        "limit": "≤ 4 KiB",
        "measured": "3.0 KiB",
        "what": "browser client, gzipped",
      },
    ]
  `);
});

test.for<{ fault: string; results: Results; missed: string[] }>([
  {
    fault: "a slow read",
    results: withTiming("read.latency", LATCHKEY, [0.61, 1.3, 0.6]),
    missed: ["warm read, p50, × the bare KV read"],
  },
  {
    fault: "a read that takes too much CPU",
    results: withTiming("read.cpu", LATCHKEY, [401, 802, 401]),
    missed: ["warm read, CPU, × the bare KV read"],
  },
  {
    fault: "a slow proxy",
    results: withTiming("proxy-1mb.throughput", LATCHKEY, [449, 899, 400]),
    missed: ["proxied 1 MB, × the pass-through"],
  },
  {
    fault: "no floor",
    results: withTiming("read.latency", BARE_KV, undefined),
    missed: ["warm read, p50, × the bare KV read", "KV read, p50, × the bare KV read"],
  },
  {
    fault: "a slow read of KV",
    results: withTiming("read.latency", LATCHKEY_KV_READ, [1.41, 2.82, 1.2]),
    missed: ["KV read, p50, × the bare KV read"],
  },
  {
    fault: "a KV read that slows a proxied answer down",
    results: withTiming("proxy-1mb.throughput", LATCHKEY_KV_READ, [299, 598, 250]),
    missed: ["KV read, 1 MB, × pass-through with KV"],
  },
  {
    fault: "a first call that takes too much CPU",
    results: withTiming("read.cpu", LATCHKEY_FIRST_CALL, [401, 802, 401]),
    missed: ["first call, CPU, × the bare KV read"],
  },
  {
    fault: "a figure that is missing",
    results: withTiming("read.cpu", LATCHKEY, undefined),
    missed: ["warm read, CPU, × the bare KV read"],
  },
  { fault: "a second refresh", results: withRun({ refreshes: 2 }), missed: [expiryAt("3 s")] },
  { fault: "no refresh", results: withRun({ refreshes: 0 }), missed: [expiryAt("3 s")] },
  { fault: "a caller in vain", results: withRun({ served: 49 }), missed: [expiryAt("3 s")] },
  {
    fault: "a dead connection",
    results: withRun({ usableAfter: false }),
    missed: [expiryAt("3 s")],
  },
  {
    fault: "expiry that was not tried",
    results: { ...SYNTHETIC, expiry: [] },
    missed: NAMES.filter((what) => what.includes("at expiry")),
  },
  {
    fault: "a run of a case that fails beside one that doesn't",
    results: {
      ...SYNTHETIC,
      expiry: [
        ...SYNTHETIC.expiry,
        ...SYNTHETIC.expiry.slice(0, 1).map((run) => ({ ...run, refreshes: 2 })),
      ],
    },
    missed: [expiryAt("80 ms")],
  },
  {
    fault: "a Worker that is too large",
    results: withWorkerBytes(40 * 1_024 + 1),
    missed: ["Worker, gzipped"],
  },
  {
    fault: "no Worker",
    results: { ...SYNTHETIC, contenders: [] },
    missed: ["Worker, gzipped"],
  },
  {
    fault: "a client that is too large",
    results: { ...SYNTHETIC, clientBytes: 4 * 1_024 + 1 },
    missed: ["browser client, gzipped"],
  },
  {
    fault: "a client that was not measured",
    results: { ...SYNTHETIC, clientBytes: 0 },
    missed: ["browser client, gzipped"],
  },
  { fault: "an error among many owners", results: withScale({ errors: 1 }), missed: [SCALE] },
  { fault: "a refresh too many", results: withScale({ refreshes: 2_001 }), missed: [SCALE] },
  { fault: "no reads", results: withScale({ reads: 0 }), missed: [SCALE] },
  {
    fault: "no token that ended",
    results: withScale({ expiries: 0, refreshes: 0 }),
    missed: [SCALE],
  },
  {
    fault: "too few owners",
    results: withScale({ owners: 9_999 }),
    missed: ["9,999 owners at random"],
  },
  {
    fault: "a scale that was not tried",
    results: { ...SYNTHETIC, scale: undefined },
    missed: ["many owners at random"],
  },
])("$fault misses its budget, and no other", ({ results, missed }) => {
  const found = checkBudgets(results).filter(({ holds, isGoal }) => !holds && !isGoal);
  expect(found.map(({ what }) => what)).toEqual(missed);
});

test("a median of two rounds keeps no budget", () => {
  const { timings } = SYNTHETIC;
  const short = Object.entries(timings["read.cpu"]).map(([name, rounds]) => [
    name,
    rounds.slice(1),
  ]);
  const results = { ...SYNTHETIC, timings: { ...timings, "read.cpu": Object.fromEntries(short) } };
  const found = checkBudgets(results).filter(({ what }) => what.includes("CPU"));
  expect(found.map(({ holds }) => holds)).toEqual([false, false, false]);
  expect(found[0]?.measured).toMatch(/^0\.750 .*, too few rounds$/);
});

test("what reaches the limit holds", () => {
  const results = withTiming("read.latency", LATCHKEY_KV_READ, [1.4, 2.8, 1.26]);
  expect(checkBudgets(results).every(({ holds, isGoal }) => holds || isGoal)).toBe(true);
});

function withTiming(id: TimingId, name: string, rounds: readonly number[] | undefined): Results {
  const { [name]: _replaced, ...others } = SYNTHETIC.timings[id];
  const timing = rounds ? { ...others, [name]: rounds } : others;
  return { ...SYNTHETIC, timings: { ...SYNTHETIC.timings, [id]: timing } };
}

function withScale(fault: Partial<ScaleRun>): Results {
  const { scale } = SYNTHETIC;
  return { ...SYNTHETIC, scale: scale && { ...scale, ...fault } };
}

/** 50 callers, 3 s. */
function withRun(fault: Partial<Results["expiry"][number]>): Results {
  return {
    ...SYNTHETIC,
    expiry: SYNTHETIC.expiry.map((run) =>
      run.contender === LATCHKEY && run.callers === 50 && run.providerLatencyMs === 3_000
        ? { ...run, ...fault }
        : run,
    ),
  };
}

function withWorkerBytes(gzippedBytes: number): Results {
  return {
    ...SYNTHETIC,
    contenders: SYNTHETIC.contenders.map((facts) =>
      facts.name === LATCHKEY ? { ...facts, gzippedBytes } : facts,
    ),
  };
}

function expiryAt(latency: string): string {
  return `50 callers at expiry, provider ${latency}`;
}
