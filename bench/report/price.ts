// What calls cost on Cloudflare's Workers Paid plan, beyond what it includes. Pure.
import type { Operations } from "../results.ts";

const WORKERS_PRICING = "https://developers.cloudflare.com/workers/platform/pricing/";
const KV_PRICING = "https://developers.cloudflare.com/kv/platform/pricing/";
const OBJECTS_PRICING = "https://developers.cloudflare.com/durable-objects/platform/pricing/";

/** When the list prices were looked up. */
export const PRICES_TAKEN_ON = "2026-11-22";

/** List prices in dollars for a million of the unit. */
export const PRICES = {
  requests: { dollars: 0.3, unit: "requests of the Worker", source: WORKERS_PRICING },
  cpu: { dollars: 0.02, unit: "ms of its CPU", source: WORKERS_PRICING },
  kvReads: { dollars: 0.5, unit: "KV reads", source: KV_PRICING },
  kvWrites: { dollars: 5, unit: "KV writes and deletes", source: KV_PRICING },
  objectRequests: {
    dollars: 0.15,
    unit: "object requests and alarm runs",
    source: OBJECTS_PRICING,
  },
  rowsRead: { dollars: 0.001, unit: "rows read", source: OBJECTS_PRICING },
  rowsWritten: { dollars: 1, unit: "rows written, alarms set", source: OBJECTS_PRICING },
  duration: { dollars: 12.5, unit: "GB-s that objects are awake", source: OBJECTS_PRICING },
} as const;

export type PricePart = keyof typeof PRICES;

/** An object is billed for this much memory, whatever it uses. */
const OBJECT_GIGABYTES = 0.128;

/** What no count of operations tells. */
export interface Usage {
  /** Of the Worker, for one call, in µs. An object's CPU is a part of its duration. */
  readonly cpuMicros: number;
  /**
   * How long the object is awake because of one call, in s; 0 leaves duration out. An object that
   * waits for nothing but the next call is not billed, also while it is still in memory.
   */
  readonly awakeSeconds: number;
}

/** Dollars for a million calls. */
export interface Price {
  readonly parts: Readonly<Record<PricePart, number>>;
  readonly total: number;
}

/** What a million calls of one kind cost, when each does these operations. */
export function priceOfMillion(
  { kvReads, kvWrites, objectRequests, rowsRead, rowsWritten }: Operations,
  { cpuMicros, awakeSeconds }: Usage,
): Price {
  const used: Record<PricePart, number> = {
    requests: 1,
    cpu: cpuMicros / 1_000,
    kvReads,
    kvWrites,
    objectRequests,
    rowsRead,
    rowsWritten,
    duration: awakeSeconds * OBJECT_GIGABYTES,
  };
  const parts = Object.fromEntries(
    Object.entries(PRICES).map(([part, { dollars }]) => [part, dollars * used[part as PricePart]]),
  ) as Record<PricePart, number>;
  return { parts, total: Object.values(parts).reduce((sum, part) => sum + part, 0) };
}
