import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { setTimeout as wait } from "node:timers/promises";
import { Pool } from "undici";
import { latchkey } from "../contenders/latchkey.ts";
import { atOnce } from "../load/at-once.ts";
import { createRandom, shuffled } from "../load/random.ts";
import { createVisitor, startJourney, type Visitor } from "../load/visitor.ts";
import { createFakeProvider, type FakeProvider } from "../provider/fake-provider.ts";
import type { MemorySample, ScaleRun } from "../results.ts";
import { folderMib } from "../runtime/folder-mib.ts";
import { cpuMicros, memoryMib } from "../runtime/process-usage.ts";
import { type RunningWorker, startWorker } from "../runtime/start-worker.ts";

export interface ScaleOptions {
  readonly owners: number;
  /** How long they are read. */
  readonly seconds: number;
  readonly seed: number;
}

const AT_ONCE = 16;
const PROVIDERS = ["jira", "bitbucket"] as const;
const EXPIRING_SHARE = 0.1;
/** The last ends that long before the reading does: lifetimes are whole seconds. */
const ROUNDING_SECONDS = 2;
/** So many times longer than those before may a connection take whose token expires. */
const SLOWER_AT_MOST = 3;
const SAMPLE_EVERY_MS = 1_000;
const ERRORS_TOLD = 5;

/**
 * Connects owners with both providers through the real flow, and reads their tokens at random while
 * a tenth of them come to their end. At the end each of these is read once more, so that there is
 * one refresh for each of them or something is wrong.
 */
export async function measureScale(options: ScaleOptions): Promise<ScaleRun> {
  const stateFolder = await mkdtemp(join(tmpdir(), "latchkey-scale-"));
  try {
    const provider = createFakeProvider();
    const { worker: bundle } = await latchkey.build();
    const worker = await startWorker({ worker: bundle, answer: provider.answer, stateFolder });
    const run = await connectAndRead(worker, provider, options);
    const stored = {
      objectsMib: await folderMib(join(stateFolder, "do")),
      kvMib: await folderMib(join(stateFolder, "kv")),
    };
    return { ...run, stored };
  } finally {
    await rm(stateFolder, { recursive: true });
  }
}

/** Stops the worker when it is done: only then its files are at rest. */
async function connectAndRead(
  worker: RunningWorker,
  provider: FakeProvider,
  { owners, seconds, seed }: ScaleOptions,
): Promise<Omit<ScaleRun, "stored">> {
  const pool = new Pool(worker.origin, { connections: AT_ONCE, pipelining: 1 });
  const progress: Progress = { connections: 0, reads: 0, errors: [] };
  const memory = sampleMemory(worker, progress);
  try {
    const random = createRandom(seed);
    const connections = createConnections(owners, () => createVisitor(worker.origin, pool));
    const expiries = Math.round(connections.length * EXPIRING_SHARE);
    const mixed = shuffled(connections, random);
    const [expiring, lasting] = [mixed.slice(0, expiries), mixed.slice(expiries)];

    const startedAt = performance.now();
    await connectAll(provider, progress, lasting);
    const msForEach = (performance.now() - startedAt) / lasting.length;
    const readFrom = Date.now() + msForEach * expiries * SLOWER_AT_MOST;
    await connectAll(provider, progress, expiring, () => {
      const end = readFrom + random() * (seconds - ROUNDING_SECONDS) * 1_000;
      return latchkey.lifetimeFor((end - Date.now()) / 1_000);
    });
    const setupSeconds = (performance.now() - startedAt) / 1_000;
    if (Date.now() > readFrom) throw new Error("tokens ended before the reading began");
    await wait(readFrom - Date.now());

    const cores = countCores(worker);
    await readAtRandom(provider, progress, connections, random, readFrom + seconds * 1_000);
    const used = cores();
    const refreshesMeanwhile = provider.refreshes;
    await atOnce(AT_ONCE, expiring, (connection) => readOne(provider, progress, connection));
    countRefreshes(provider, progress, expiring, lasting);
    return {
      owners,
      connections: progress.connections,
      seed,
      setupSeconds,
      seconds,
      reads: progress.reads,
      errors: progress.errors.length,
      firstErrors: progress.errors.slice(0, ERRORS_TOLD),
      expiries,
      refreshes: provider.refreshes,
      refreshesMeanwhile,
      cores: used,
      memory: memory.samples,
    };
  } finally {
    memory.stop();
    await pool.close();
    await worker.stop();
  }
}

interface Connection {
  readonly visitor: Visitor;
  readonly contender: ReturnType<typeof through>;
  /** As the provider knows it. */
  readonly holder: string;
}

interface Progress {
  connections: number;
  reads: number;
  readonly errors: string[];
}

function createConnections(owners: number, createOwner: () => Visitor): readonly Connection[] {
  return Array.from({ length: owners }, (_, owner) => {
    const visitor = createOwner();
    return PROVIDERS.map((id) => ({ visitor, contender: through(id), holder: `${owner} ${id}` }));
  }).flat();
}

/** Latchkey as it is used with one of its providers. */
function through(id: (typeof PROVIDERS)[number]) {
  const { journey, read } = latchkey;
  return {
    ...latchkey,
    journey: { start: { ...journey.start, path: `/auth/${id}` } },
    read: { ...read, path: `/connections/${id}/token` },
  };
}

/** One at a time for each owner: who begins twice at once begins as two. */
async function connectAll(
  provider: FakeProvider,
  progress: Progress,
  connections: readonly Connection[],
  lifetimeSeconds?: () => number,
): Promise<void> {
  const owners = Map.groupBy(connections, ({ visitor }) => visitor);
  await atOnce(AT_ONCE, owners.values(), async (ofOwner) => {
    for (const { visitor, contender, holder } of ofOwner) {
      const code = provider.issueCode(lifetimeSeconds?.(), holder);
      const arrived = await visitor.call(await startJourney(visitor, contender, code));
      if (!/[?&]outcome=connected/.test(arrived.headers.get("location") ?? "")) {
        throw new Error(`${holder}: the callback answered ${arrived.status} ${arrived.text}`);
      }
      progress.connections += 1;
    }
  });
}

async function readAtRandom(
  provider: FakeProvider,
  progress: Progress,
  connections: readonly Connection[],
  random: () => number,
  until: number,
): Promise<void> {
  function* picks() {
    while (Date.now() < until) yield connections[Math.floor(random() * connections.length)]!;
  }
  await atOnce(AT_ONCE, picks(), (connection) => readOne(provider, progress, connection));
}

async function readOne(
  provider: FakeProvider,
  progress: Progress,
  { visitor, contender, holder }: Connection,
): Promise<void> {
  const answer = await visitor.call(contender.read);
  progress.reads += 1;
  const token = answer.status === 200 ? contender.tokenIn?.(answer) : undefined;
  if (token === undefined) {
    progress.errors.push(`${holder}: ${answer.status} ${answer.text}`);
  } else if (provider.holderOf(token) !== holder) {
    progress.errors.push(`${holder}: a token of ${provider.holderOf(token) ?? "nobody"}`);
  }
}

/** One for each token that ended and none for another: sums could hide a missing one. */
function countRefreshes(
  provider: FakeProvider,
  progress: Progress,
  expiring: readonly Connection[],
  lasting: readonly Connection[],
): void {
  for (const [connections, expected] of [
    [expiring, 1],
    [lasting, 0],
  ] as const) {
    for (const { holder } of connections) {
      const refreshes = provider.refreshesOf(holder);
      if (refreshes !== expected) progress.errors.push(`${holder}: ${refreshes} refreshes`);
    }
  }
}

function sampleMemory({ pid }: RunningWorker, progress: Progress) {
  const samples: MemorySample[] = [];
  const startedAt = performance.now();
  const timer = setInterval(() => {
    const seconds = (performance.now() - startedAt) / 1_000;
    const { connections, reads } = progress;
    samples.push({ seconds, mib: memoryMib(pid), connections, reads });
  }, SAMPLE_EVERY_MS);
  return { samples, stop: () => clearInterval(timer) };
}

/** How many cores worker and client keep busy from now until asked. */
function countCores({ pid }: RunningWorker): () => ScaleRun["cores"] {
  const [startedAt, worker, client] = [performance.now(), cpuMicros(pid), process.cpuUsage()];
  return () => {
    const micros = (performance.now() - startedAt) * 1_000;
    const { user, system } = process.cpuUsage(client);
    return { worker: (cpuMicros(pid) - worker) / micros, client: (user + system) / micros };
  };
}
