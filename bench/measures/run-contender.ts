import { cookieHeader, createVisitor, planCall, signIn } from "../load/visitor.ts";
import type { Call, Contender } from "../contender.ts";
import { createFakeProvider, type FakeProvider } from "../provider/fake-provider.ts";
import { requireServed } from "./require-served.ts";
import { type RunningWorker, startWorker } from "../runtime/start-worker.ts";

/** A contender in its process, with people signed in where there are any. */
export interface RunningContender {
  readonly contender: Contender;
  readonly worker: RunningWorker;
  /** A read; of several people, each has one in turn. */
  readonly nextRead: () => Call;
}

/** Runs them beside one another for as long as the work takes. */
export async function withRunning<Outcome>(
  contenders: readonly Contender[],
  work: (
    running: ReadonlyMap<string, RunningContender>,
    provider: FakeProvider,
  ) => Promise<Outcome>,
): Promise<Outcome> {
  const provider = createFakeProvider();
  const running = new Map<string, RunningContender>();
  try {
    for (const contender of contenders) {
      running.set(contender.name, await runContender(contender, provider));
    }
    return await work(running, provider);
  } finally {
    for (const { worker } of running.values()) await worker.stop();
  }
}

/**
 * Starts one and signs people in; throws an `Error` unless their reads bring what they are for.
 * @param stateFolder where its storage is kept; default: gone with the process
 */
export async function runContender(
  contender: Contender,
  provider: FakeProvider,
  stateFolder?: string,
): Promise<RunningContender> {
  const built = await contender.build();
  const worker = await startWorker({ worker: built.worker, answer: provider.answer, stateFolder });
  try {
    await contender.prepare?.(worker.origin);
    const reads: Call[] = [];
    for (let browser = 0; browser < (contender.browsers ?? 1); browser += 1) {
      reads.push(await readOf(contender, provider, worker.origin));
    }
    let next = 0;
    return { contender, worker, nextRead: () => reads[next++ % reads.length]! };
  } catch (error) {
    await worker.stop();
    throw error;
  }
}

/** The read of somebody who just signed in, where one can. */
async function readOf(contender: Contender, provider: FakeProvider, origin: string): Promise<Call> {
  const visitor = contender.journey
    ? await signIn(origin, contender, provider.issueCode())
    : createVisitor(origin);
  const read = await planCall(contender.read, visitor);
  const answer = await visitor.call(read);
  if (contender.journey) requireServed(contender, provider, answer);
  return { ...read, headers: { ...read.headers, ...cookieHeader(visitor.cookies) } };
}
