import { createHistogram, performance } from "node:perf_hooks";
import { Pool } from "undici";
import type { Call } from "../contender.ts";

export interface Drive {
  readonly origin: string;
  readonly call: (index: number) => Call;
  readonly requests: number;
  readonly connections: number;
}

export interface Driven {
  /** ms. */
  readonly p50: number;
  readonly perSecond: number;
  readonly megabytesPerSecond: number;
}

/** Sends requests over some connections, each as soon as the one before is answered. Any other status than 200 is thrown. */
export async function drive({ origin, call, requests, connections }: Drive): Promise<Driven> {
  const pool = new Pool(origin, { connections, pipelining: 1 });
  const latencies = createHistogram();
  let [next, bytes] = [0, 0];
  async function connection(): Promise<void> {
    while (next < requests) {
      const { method, path, headers = {}, body: sent = null } = call(next++);
      const sentAt = performance.now();
      const { statusCode, body } = await pool.request({ method, path, headers, body: sent });
      let size = 0;
      for await (const chunk of body) size += (chunk as Buffer).length;
      latencies.record(Math.max(1, Math.round((performance.now() - sentAt) * 1e6)));
      bytes += size;
      if (statusCode !== 200) throw new Error(`${path} answered ${statusCode}`);
    }
  }
  const startedAt = performance.now();
  await Promise.all(Array.from({ length: connections }, connection));
  const seconds = (performance.now() - startedAt) / 1_000;
  await pool.close();
  return {
    p50: latencies.percentile(50) / 1e6,
    perSecond: requests / seconds,
    megabytesPerSecond: bytes / 1e6 / seconds,
  };
}
