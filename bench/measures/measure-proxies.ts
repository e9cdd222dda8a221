import { drive, type Driven } from "../load/drive.ts";
import { proxiedBytes } from "../contenders/proxied-bytes.ts";
import type { RunningContender } from "./run-contender.ts";
import { memoryMib } from "../runtime/process-usage.ts";
import { inRounds } from "./in-rounds.ts";

const MEMORY_EVERY_MS = 20;
/** Megabytes that come and go make the client's own garbage collection felt. */
const MORE_TURNS = 60;

/** Bodies of three sizes that come from the provider's API through the Worker, one size at a time. */
export async function measureProxies(
  contenders: ReadonlyMap<string, RunningContender>,
  rounds: number,
) {
  const small = await inRounds(contenders, rounds, async (proxy) => {
    const { perSecond } = await pass(proxy, 1_000, { requests: 200, connections: 16 });
    return { "proxy-1kb.throughput": perSecond };
  });
  const middle = await inRounds(
    contenders,
    rounds,
    async (proxy) => {
      const passed = await pass(proxy, 1_000_000, { requests: 64, connections: 16 });
      return { "proxy-1mb.throughput": passed.megabytesPerSecond };
    },
    MORE_TURNS,
  );
  const large = await inRounds(contenders, rounds, async (proxy) => {
    const before = memoryMib(proxy.worker.pid);
    let peak = before;
    const sampling = setInterval(() => {
      peak = Math.max(peak, memoryMib(proxy.worker.pid));
    }, MEMORY_EVERY_MS);
    const passed = await pass(proxy, 100_000_000, { requests: 1, connections: 1 });
    clearInterval(sampling);
    return {
      "proxy-100mb.throughput": passed.megabytesPerSecond,
      "proxy-100mb.memory": peak - before,
    };
  });
  return { ...small, ...middle, ...large };
}

function pass(
  { worker: { origin }, nextRead }: RunningContender,
  bytes: number,
  load: { readonly requests: number; readonly connections: number },
): Promise<Driven> {
  const proxied = proxiedBytes(bytes);
  const call = () => ({ ...proxied, headers: { ...nextRead().headers, ...proxied.headers } });
  return drive({ origin, call, ...load });
}
