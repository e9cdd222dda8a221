import { BARE_KV, BARE_ROUTE, LATCHKEY, PASS_THROUGH } from "../names.ts";
import type { TimingId } from "../results.ts";

export interface TimingRow {
  readonly title: string;
  readonly unit: string;
  readonly better: "lower" | "higher";
  /** The contender that everybody's figure is divided by; `undefined`: ratios would say nothing. */
  readonly dividedBy: string | undefined;
}

export const TIMING_ROWS: Readonly<Record<TimingId, TimingRow>> = {
  "read.latency": {
    title: "Warm token read, p50",
    unit: "ms",
    better: "lower",
    dividedBy: BARE_KV,
  },
  "read.throughput": {
    title: "Warm token read, 16 connections",
    unit: "requests/s",
    better: "higher",
    dividedBy: BARE_KV,
  },
  "read.cpu": {
    title: "Warm token read, CPU for one request",
    unit: "µs",
    better: "lower",
    dividedBy: BARE_KV,
  },
  // No floor signs anybody in.
  "callback.latency": { title: "Callback", unit: "ms", better: "lower", dividedBy: LATCHKEY },
  "cold.start": {
    title: "Start of a process, its isolate and the Worker's modules",
    unit: "ms",
    better: "lower",
    dividedBy: BARE_ROUTE,
  },
  "cold.latency": {
    title: "First request in a fresh isolate",
    unit: "ms",
    better: "lower",
    dividedBy: BARE_ROUTE,
  },
  "proxy-1kb.throughput": {
    title: "1 KB",
    unit: "requests/s",
    better: "higher",
    dividedBy: PASS_THROUGH,
  },
  "proxy-1mb.throughput": {
    title: "1 MB",
    unit: "MB/s",
    better: "higher",
    dividedBy: PASS_THROUGH,
  },
  "proxy-100mb.throughput": {
    title: "100 MB",
    unit: "MB/s",
    better: "higher",
    dividedBy: PASS_THROUGH,
  },
  "proxy-100mb.memory": {
    title: "100 MB memory",
    unit: "MiB",
    better: "lower",
    dividedBy: undefined,
  },
};
