import { cookieHeader, createVisitor, planCall, signIn, type Visitor } from "../load/visitor.ts";
import type { Call, Contender } from "../contenders/contender.ts";
import type { FakeProvider } from "../provider/fake-provider.ts";
import { type RunningWorker, startWorker } from "./start-worker.ts";

/** A contender in its process, with a person signed in where there is one. */
export interface RunningContender {
  readonly contender: Contender;
  readonly worker: RunningWorker;
  readonly visitor: Visitor | undefined;
  /** The read of the person who is signed in. */
  readonly read: Call;
}

export async function runContender(
  contender: Contender,
  provider: FakeProvider,
  stateFolder?: string,
): Promise<RunningContender> {
  const { worker: options } = await contender.build();
  const worker = await startWorker({ worker: options, answer: provider.answer, stateFolder });
  await contender.prepare?.(worker.origin);
  const visitor =
    contender.journey && (await signIn(worker.origin, contender, provider.issueCode()));
  const read = await planCall(contender.read, visitor ?? createVisitor(worker.origin));
  return { contender, worker, visitor, read: withCookies(read, visitor) };
}

export function withCookies(call: Call, visitor: Visitor | undefined): Call {
  return { ...call, headers: { ...call.headers, ...cookieHeader(visitor?.cookies ?? new Map()) } };
}
