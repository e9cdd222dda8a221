import { createHistogram, performance } from "node:perf_hooks";
import { createVisitor, startJourney } from "../load/visitor.ts";
import type { FakeProvider } from "../provider/fake-provider.ts";
import type { RunningContender } from "../runtime/run-contender.ts";
import { inRounds } from "./in-rounds.ts";

const CALLBACKS = 10;

/** The request that comes back from the provider's consent page, each of a person of their own. */
export function measureCallbacks(
  contenders: ReadonlyMap<string, RunningContender>,
  rounds: number,
  provider: FakeProvider,
) {
  return inRounds(contenders, rounds, async ({ worker, contender }) => {
    const latencies = createHistogram();
    for (let index = 0; index < CALLBACKS; index += 1) {
      const visitor = createVisitor(worker.origin);
      const callback = await startJourney(visitor, contender, provider.issueCode());
      const sentAt = performance.now();
      const { status, text } = await visitor.call(callback);
      latencies.record(Math.round((performance.now() - sentAt) * 1e6));
      if (status >= 400)
        throw new Error(`${contender.name}: a callback answered ${status} ${text}`);
    }
    return { "callback.latency": latencies.percentile(50) / 1e6 };
  });
}
