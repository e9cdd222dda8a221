import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { drive } from "../load/drive.ts";
import type { Contender } from "../contenders/contender.ts";
import type { FakeProvider } from "../provider/fake-provider.ts";
import { runContender } from "../runtime/run-contender.ts";
import { startWorker } from "../runtime/start-worker.ts";
import { inRounds } from "./in-rounds.ts";

/** The first read in a process that has answered nothing yet, by a person who was there before. */
export async function measureColdStarts(
  contenders: readonly Contender[],
  rounds: number,
  provider: FakeProvider,
) {
  const folder = await mkdtemp(join(tmpdir(), "latchkey-bench-"));
  const subjects = new Map();
  for (const [index, contender] of contenders.entries()) {
    const stateFolder = join(folder, String(index));
    const { worker, read } = await runContender(contender, provider, stateFolder);
    await worker.stop();
    subjects.set(contender.name, { worker: (await contender.build()).worker, read, stateFolder });
  }
  const figures = await inRounds(subjects, rounds, async ({ worker, read, stateFolder }) => {
    const startedAt = performance.now();
    const running = await startWorker({ worker, answer: provider.answer, stateFolder });
    const start = performance.now() - startedAt;
    const { origin } = running;
    const { p50 } = await drive({ origin, call: () => read, requests: 1, connections: 1 });
    await running.stop();
    return { "cold.start": start, "cold.latency": p50 };
  });
  await rm(folder, { recursive: true });
  return figures;
}
