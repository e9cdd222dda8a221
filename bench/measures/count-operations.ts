import { setTimeout as wait } from "node:timers/promises";
import { latchkey } from "../contenders/latchkey.ts";
import { bareObject } from "../contenders/bare-object.ts";
import type { Call, Contender } from "../contender.ts";
import { createVisitor, signIn, startJourney, type Visitor } from "../load/visitor.ts";
import { createFakeProvider, type FakeProvider, SITE_ID } from "../provider/fake-provider.ts";
import type { OperationCount, Operations } from "../results.ts";
import { LATCHKEY_KV_READ } from "../names.ts";
import { countedWorker } from "../runtime/counted-worker.ts";
import { startWorker } from "../runtime/start-worker.ts";

/** An alarm that is due earlier belongs to the call: it is waited for. */
const ALARM_OF_THE_CALL_MS = 5 * 60_000;
const QUIET_WITHIN_MS = 60_000;
/** The shortest that a provider would say: over as soon as it is read. */
const EXPIRED_AFTER_SECONDS = 1;

/** Counts what Cloudflare charges for each kind of call, with all the work behind its answer. */
export async function countOperations(): Promise<readonly OperationCount[]> {
  return [...(await countLatchkey()), ...(await countObjectReads())];
}

async function countLatchkey(): Promise<readonly OperationCount[]> {
  const provider = createFakeProvider();
  const counter = await startCounter(latchkey, provider);
  try {
    const { name: design } = latchkey;
    const visitor = createVisitor(counter.origin);
    const callback = await startJourney(visitor, latchkey, provider.issueCode());
    const proxied: Call = { ...latchkey.read, path: `/api/jira/${SITE_ID}/rest/api/3/myself` };
    const other = await signIn(counter.origin, latchkey, provider.issueCode());
    const expired = createVisitor(counter.origin);
    const code = provider.issueCode(EXPIRED_AFTER_SECONDS);
    await expired.call(await startJourney(expired, latchkey, code));
    await wait(EXPIRED_AFTER_SECONDS * 1_000);
    const reading = LATCHKEY_KV_READ;
    const counts = [
      { design, call: "callback", ...(await counter.count(visitor, callback)) },
      { design: reading, call: "warm read", ...(await counter.count(visitor, latchkey.read)) },
      { design, call: "warm read", ...(await counter.count(visitor, latchkey.read)) },
      { design: reading, call: "proxied call", ...(await counter.count(other, proxied)) },
      { design, call: "proxied call", ...(await counter.count(other, proxied)) },
      { design, call: "refresh", ...(await counter.count(expired, latchkey.read)) },
    ] as const;
    if (provider.refreshes !== 1) throw new Error(`${provider.refreshes} refreshes were counted`);
    return counts;
  } finally {
    await counter.stop();
  }
}

async function countObjectReads(): Promise<readonly OperationCount[]> {
  const counter = await startCounter(bareObject, createFakeProvider());
  try {
    await bareObject.prepare(counter.origin);
    const read = await counter.count(createVisitor(counter.origin), bareObject.read);
    return [{ design: bareObject.name, call: "object read", ...read }];
  } finally {
    await counter.stop();
  }
}

interface Counter {
  readonly origin: string;
  count(visitor: Visitor, call: Call): Promise<Operations>;
  stop(): Promise<void>;
}

async function startCounter(contender: Contender, provider: FakeProvider): Promise<Counter> {
  const { worker: options } = await contender.build();
  const worker = await startWorker({
    worker: await countedWorker(options),
    answer: provider.answer,
  });
  return {
    origin: worker.origin,
    stop: () => worker.stop(),
    async count(visitor, call) {
      const before = await countsWhenQuiet(worker.origin);
      const { status, text } = await visitor.call(call);
      if (status >= 400) throw new Error(`${call.path} answered ${status} ${text}`);
      const after = await countsWhenQuiet(worker.origin);
      return {
        kvReads: after.kvReads - before.kvReads,
        kvWrites: after.kvWrites - before.kvWrites,
        objectRequests: after.objectRequests - before.objectRequests,
        rowsRead: after.rowsRead - before.rowsRead,
        rowsWritten: after.rowsWritten - before.rowsWritten,
      };
    },
  };
}

/** The counts once nothing is under way, and no alarm is about to ring. */
async function countsWhenQuiet(origin: string): Promise<Operations> {
  const bench = createVisitor(origin);
  const giveUpAt = Date.now() + QUIET_WITHIN_MS;
  for (;;) {
    const { text } = await bench.call({ method: "GET", path: "/counts" });
    const { counts, pending, alarmAt } = JSON.parse(text) as {
      counts: Operations;
      pending: number;
      alarmAt: number | null;
    };
    const isRinging = alarmAt !== null && alarmAt < Date.now() + ALARM_OF_THE_CALL_MS;
    if (pending === 0 && !isRinging) return counts;
    if (Date.now() > giveUpAt) throw new Error(`never quiet: ${text}`);
    await wait(20);
  }
}
