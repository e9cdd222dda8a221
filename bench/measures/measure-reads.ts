import { drive } from "../load/drive.ts";
import type { RunningContender } from "./run-contender.ts";
import { cpuMicros } from "../runtime/process-usage.ts";
import { inRounds } from "./in-rounds.ts";

const WARM_UP_REQUESTS = 2_000;
const ALONE_REQUESTS = 100;
const TOGETHER_REQUESTS = 200;
const CONNECTIONS = 16;
/** More than elsewhere: budgets hang on it. */
const TURNS = 20;

/** Reads of a token that is fresh: one after the other, then over 16 connections. */
export async function measureReads(
  contenders: ReadonlyMap<string, RunningContender>,
  rounds: number,
) {
  for (const { worker, nextRead } of contenders.values()) {
    const [requests, connections] = [WARM_UP_REQUESTS, CONNECTIONS];
    await drive({ origin: worker.origin, call: nextRead, requests, connections });
  }
  return inRounds(
    contenders,
    rounds,
    async ({ worker: { origin, pid }, nextRead: call }) => {
      const alone = await drive({ origin, call, requests: ALONE_REQUESTS, connections: 1 });
      const cpuBefore = cpuMicros(pid);
      const together = await drive({
        origin,
        call,
        requests: TOGETHER_REQUESTS,
        connections: CONNECTIONS,
      });
      return {
        "read.latency": alone.p50,
        "read.throughput": together.perSecond,
        "read.cpu": (cpuMicros(pid) - cpuBefore) / TOGETHER_REQUESTS,
      };
    },
    TURNS,
  );
}
