import { cookieHeader, createVisitor, planCall, signIn, type Visitor } from "../load/visitor.ts";
import type { Call, Contender } from "../contender.ts";
import { createFakeProvider, type FakeProvider } from "../provider/fake-provider.ts";
import { requireServed } from "./require-served.ts";
import { type RunningWorker, startWorker } from "../runtime/start-worker.ts";

/** A contender in its process, with a person signed in where there is one. */
export interface RunningContender {
  readonly contender: Contender;
  readonly worker: RunningWorker;
  /** The read of that person. */
  readonly read: Call;
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
 * Starts one and signs a person in; throws an `Error` unless a read then brings what it is for.
 * @param stateFolder where its storage is kept; default: gone with the process
 */
export async function runContender(
  contender: Contender,
  provider: FakeProvider,
  stateFolder?: string,
): Promise<RunningContender> {
  const built = await contender.build();
  const worker = await startWorker({ worker: built.worker, answer: provider.answer, stateFolder });
  await contender.prepare?.(worker.origin);
  const visitor = contender.journey
    ? await signIn(worker.origin, contender, provider.issueCode())
    : createVisitor(worker.origin);
  const read = await planCall(contender.read, visitor);
  const answer = await visitor.call(read);
  if (contender.journey) requireServed(contender, provider, answer);
  return { contender, worker, read: withCookies(read, visitor) };
}

/** A request of theirs. */
export function withCookies(call: Call, { cookies }: Visitor): Call {
  return { ...call, headers: { ...call.headers, ...cookieHeader(cookies) } };
}
