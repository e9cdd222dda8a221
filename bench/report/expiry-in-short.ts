import { EXPIRY_CALLERS, EXPIRY_LATENCIES_MS } from "../expiry-cases.ts";
import type { ExpiryRun, Results } from "../results.ts";

/** The case that stands for all: the fewest callers, at the quickest provider. */
export const [CALLERS] = EXPIRY_CALLERS;
export const [LATENCY_MS] = EXPIRY_LATENCIES_MS;

export function expiryInShort({ expiry }: Results): readonly ExpiryRun[] {
  return expiry.filter((run) => run.callers === CALLERS && run.providerLatencyMs === LATENCY_MS);
}
