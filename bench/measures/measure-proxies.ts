import { inRounds } from "./in-rounds.ts";
import { passBytes } from "./pass-bytes.ts";
import type { RunningContender } from "./run-contender.ts";

/** Megabytes that come and go make the client's own garbage collection felt. */
const MORE_TURNS = 60;

/** How fast bodies of three sizes come through, one size at a time. */
export async function measureProxies(
  contenders: ReadonlyMap<string, RunningContender>,
  rounds: number,
) {
  const small = await inRounds(contenders, rounds, async (proxy) => {
    const { perSecond } = await passBytes(proxy, 1_000, { requests: 200, connections: 16 });
    return { "proxy-1kb.throughput": perSecond };
  });
  const middle = await inRounds(
    contenders,
    rounds,
    async (proxy) => {
      const passed = await passBytes(proxy, 1_000_000, { requests: 64, connections: 16 });
      return { "proxy-1mb.throughput": passed.megabytesPerSecond };
    },
    MORE_TURNS,
  );
  const large = await inRounds(contenders, rounds, async (proxy) => {
    const passed = await passBytes(proxy, 100_000_000, { requests: 1, connections: 1 });
    return { "proxy-100mb.throughput": passed.megabytesPerSecond };
  });
  return { ...small, ...middle, ...large };
}
