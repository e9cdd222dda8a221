import { drive, type Driven } from "../load/drive.ts";
import { proxiedBytes } from "../contenders/proxied-bytes.ts";
import type { RunningContender } from "./run-contender.ts";
import { memoryMib } from "../runtime/process-usage.ts";
import { inRounds } from "./in-rounds.ts";

const MEMORY_EVERY_MS = 20;

/** Bodies of three sizes that come from the provider's API through the Worker. */
export function measureProxies(contenders: ReadonlyMap<string, RunningContender>, rounds: number) {
  return inRounds(contenders, rounds, async (proxy) => {
    const small = await pass(proxy, 1_000, { requests: 200, connections: 16 });
    const middle = await pass(proxy, 1_000_000, { requests: 40, connections: 4 });
    const before = memoryMib(proxy.worker.pid);
    let peak = before;
    const sampling = setInterval(() => {
      peak = Math.max(peak, memoryMib(proxy.worker.pid));
    }, MEMORY_EVERY_MS);
    const large = await pass(proxy, 100_000_000, { requests: 1, connections: 1 });
    clearInterval(sampling);
    return {
      "proxy-1kb.throughput": small.perSecond,
      "proxy-1mb.throughput": middle.megabytesPerSecond,
      "proxy-100mb.throughput": large.megabytesPerSecond,
      "proxy-100mb.memory": peak - before,
    };
  });
}

function pass(
  { worker: { origin }, read }: RunningContender,
  bytes: number,
  load: { readonly requests: number; readonly connections: number },
): Promise<Driven> {
  const call = {
    ...read,
    ...proxiedBytes(bytes),
    headers: { ...read.headers, ...proxiedBytes(bytes).headers },
  };
  return drive({ origin, call: () => call, ...load });
}
