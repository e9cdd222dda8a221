import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import type { V4WorkerOptions } from "miniflare";
import type { Call, Contender } from "../contender.ts";
import { drive } from "../load/drive.ts";
import { createFakeProvider } from "../provider/fake-provider.ts";
import { runContender } from "./run-contender.ts";
import { startWorker } from "../runtime/start-worker.ts";
import { inRounds } from "./in-rounds.ts";

/** Each time is a process of its own: turns would make it no calmer. */
const ONE_TURN = 1;

interface Subject {
  readonly worker: V4WorkerOptions;
  readonly read: Call;
  readonly stateFolder: string;
}

/** A process that starts, and its first read: by a person who signed in at the one before. */
export async function measureColdStarts(contenders: readonly Contender[], rounds: number) {
  const provider = createFakeProvider();
  const folder = await mkdtemp(join(tmpdir(), "latchkey-bench-"));
  try {
    const subjects = new Map<string, Subject>();
    for (const [index, contender] of contenders.entries()) {
      const stateFolder = join(folder, String(index));
      const before = await runContender(contender, provider, stateFolder);
      await before.worker.stop();
      const { worker } = await contender.build();
      subjects.set(contender.name, { worker, read: before.nextRead(), stateFolder });
    }
    return await inRounds(
      subjects,
      rounds,
      async ({ worker, read, stateFolder }) => {
        const startedAt = performance.now();
        const running = await startWorker({ worker, answer: provider.answer, stateFolder });
        const start = performance.now() - startedAt;
        const { origin } = running;
        const first = await drive({ origin, call: () => read, requests: 1, connections: 1 });
        await running.stop();
        return { "cold.start": start, "cold.latency": first.p50 };
      },
      ONE_TURN,
    );
  } finally {
    await rm(folder, { recursive: true });
  }
}
