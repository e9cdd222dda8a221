import type { Contender } from "../contender.ts";
import { createFakeProvider } from "../provider/fake-provider.ts";
import { memoryMib } from "../runtime/process-usage.ts";
import { inRounds } from "./in-rounds.ts";
import { passBytes } from "./pass-bytes.ts";
import { runContender } from "./run-contender.ts";

const SAMPLE_EVERY_MS = 5;
/** Each is a process of its own: what one body left behind would hide the next. */
const ONE_TURN = 1;

/** How much more memory a process takes at most while its first 100 MB come through. */
export function measureProxyMemory(contenders: readonly Contender[], rounds: number) {
  const provider = createFakeProvider();
  const subjects = new Map(contenders.map((contender) => [contender.name, contender]));
  return inRounds(
    subjects,
    rounds,
    async (contender) => {
      const proxy = await runContender(contender, provider);
      const { pid } = proxy.worker;
      try {
        await passBytes(proxy, 1_000, { requests: 1, connections: 1 });
        const before = memoryMib(pid);
        let peak = before;
        const sampling = setInterval(() => {
          peak = Math.max(peak, memoryMib(pid));
        }, SAMPLE_EVERY_MS);
        await passBytes(proxy, 100_000_000, { requests: 1, connections: 1 }).finally(() =>
          clearInterval(sampling),
        );
        return { "proxy-100mb.memory": peak - before };
      } finally {
        await proxy.worker.stop();
      }
    },
    ONE_TURN,
  );
}
