import {
  BARE_KV,
  BARE_ROUTE,
  LATCHKEY,
  LATCHKEY_FIRST_CALL,
  LATCHKEY_KV_READ,
  PASS_THROUGH,
  PASS_THROUGH_KV,
} from "../../bench/names.ts";
import { EXPIRY_CALLERS, EXPIRY_LATENCIES_MS } from "../../bench/expiry-cases.ts";
import type { ExpiryRun, Results, Rounds } from "../../bench/results.ts";

/** Invented, and easy to reckon with: nobody measured this. It keeps every budget. */
export const SYNTHETIC: Results = {
  takenAt: "2000-01-01T00:00:00.000Z",
  workerSha256: "0123456789abcdef",
  machine: {
    cpu: "Invented CPU",
    cores: 2,
    system: "Invented OS",
    node: "1.2.3",
    workerd: "4.5.6",
    storage: "slate",
  },
  contenders: [
    { name: LATCHKEY, setup: "as it is", gzippedBytes: 20 * 1_024 },
    { name: LATCHKEY_KV_READ, setup: "with KV", gzippedBytes: 20 * 1_024 },
    { name: LATCHKEY_FIRST_CALL, setup: "with KV and cookie", gzippedBytes: 20 * 1_024 },
    { name: "Peer on D1", setup: "sessions | accounts in D1", gzippedBytes: 200 * 1_024 },
    { name: "@peer/cookie", setup: "tokens in a cookie", gzippedBytes: 11 * 1_024 },
    { name: BARE_KV, setup: "one `get`", gzippedBytes: 6 * 1_024 },
    { name: BARE_ROUTE, setup: "a text", gzippedBytes: 5 * 1_024 },
  ],
  timings: {
    "read.latency": scaled({
      [LATCHKEY]: 0.5,
      [LATCHKEY_KV_READ]: 1.2,
      [LATCHKEY_FIRST_CALL]: 1.4,
      [BARE_KV]: 1,
      [BARE_ROUTE]: 0.8,
      "Peer on D1": 6,
      "@peer/cookie": 2,
    }),
    "read.throughput": scaled({
      [LATCHKEY]: 5_500,
      [LATCHKEY_KV_READ]: 4_000,
      [BARE_KV]: 5_000,
      [BARE_ROUTE]: 6_000,
      "Peer on D1": 500,
    }),
    "read.cpu": scaled({
      [LATCHKEY]: 150,
      [LATCHKEY_KV_READ]: 300,
      [LATCHKEY_FIRST_CALL]: 350,
      [BARE_KV]: 200,
      [BARE_ROUTE]: 100,
      "Peer on D1": 1_500,
    }),
    "callback.latency": scaled({ [LATCHKEY]: 20, "Peer on D1": 40, "@peer/cookie": 10 }),
    "cold.start": scaled({ [LATCHKEY]: 300, [BARE_KV]: 200, [BARE_ROUTE]: 150, "Peer on D1": 600 }),
    "cold.latency": scaled({ [LATCHKEY]: 30, [BARE_KV]: 12, [BARE_ROUTE]: 10, "Peer on D1": 150 }),
    "proxy-1kb.throughput": scaled({ [LATCHKEY]: 800, [PASS_THROUGH]: 1_000 }),
    "proxy-1mb.throughput": scaled({
      [LATCHKEY]: 475,
      [LATCHKEY_KV_READ]: 380,
      [PASS_THROUGH_KV]: 400,
      [PASS_THROUGH]: 500,
    }),
    "proxy-100mb.throughput": scaled({ [LATCHKEY]: 490, [PASS_THROUGH]: 500 }),
    "proxy-100mb.memory": scaled({ [LATCHKEY]: 110, [PASS_THROUGH]: 100 }),
  },
  expiry: EXPIRY_CALLERS.flatMap((callers) =>
    EXPIRY_LATENCIES_MS.flatMap((providerLatencyMs): ExpiryRun[] => [
      {
        contender: LATCHKEY,
        callers,
        providerLatencyMs,
        refreshes: 1,
        served: callers,
        usableAfter: true,
      },
      {
        contender: "Peer on D1",
        callers,
        providerLatencyMs,
        refreshes: callers,
        served: 1,
        usableAfter: false,
      },
    ]),
  ),
  operations: [
    {
      design: LATCHKEY_KV_READ,
      call: "warm read",
      kvReads: 1,
      kvWrites: 0,
      objectRequests: 0,
      rowsRead: 0,
      rowsWritten: 0,
    },
    {
      design: LATCHKEY,
      call: "warm read",
      kvReads: 0,
      kvWrites: 0,
      objectRequests: 0,
      rowsRead: 0,
      rowsWritten: 0,
    },
    {
      design: LATCHKEY,
      call: "refresh",
      kvReads: 1.25,
      kvWrites: 1,
      objectRequests: 1,
      rowsRead: 0,
      rowsWritten: 3,
    },
  ],
  scale: {
    owners: 10_000,
    connections: 20_000,
    seed: 7,
    setupSeconds: 200,
    seconds: 60,
    reads: 123_456,
    errors: 0,
    firstErrors: [],
    expiries: 2_000,
    refreshes: 2_000,
    refreshesMeanwhile: 1_500,
    cores: { worker: 0.9, client: 0.1 },
    stored: { objectsMib: 320, kvMib: 80 },
    memory: [
      { seconds: 0, mib: 90, connections: 0, reads: 0 },
      { seconds: 230, mib: 250, connections: 20_000, reads: 60_000 },
      { seconds: 260, mib: 200, connections: 20_000, reads: 123_456 },
    ],
  },
  clientBytes: 3 * 1_024,
};

/** Three rounds: the second on a machine that is twice as slow, or as fast, as in the first. */
function scaled(figures: Readonly<Record<string, number>>): Rounds {
  return Object.fromEntries(
    Object.entries(figures).map(([name, figure]) => [name, [figure, 2 * figure, 0.9 * figure]]),
  );
}
