// Stands in front of a bundle and counts what Cloudflare charges it for. Worker and objects share
// one isolate here, so that one set of counts holds for both; `GET /counts` tells them.
import worker, { TokenKeeper as UncountedKeeper } from "./index.js";

const counts = { kvReads: 0, kvWrites: 0, objectRequests: 0, rowsRead: 0, rowsWritten: 0 };
type Count = keyof typeof counts;
/** Work behind an answer that is not done yet. */
let pending = 0;
let alarmAt: number | null = null;

/**
 * Makes the methods count that are charged for, each call as one. Any other member that is not
 * free is refused: what nobody counts would look free.
 */
function counting<Target extends object>(
  target: Target,
  charged: Readonly<Record<string, Count>>,
  free: Readonly<Record<string, unknown>> = {},
): Target {
  return new Proxy(target, {
    get(_, name) {
      if (typeof name === "string" && Object.hasOwn(free, name)) return free[name];
      if (typeof name !== "string" || !Object.hasOwn(charged, name)) {
        throw new Error(`nobody counts ${String(name)}`);
      }
      return (...values: unknown[]) => {
        counts[charged[name]!] += 1;
        return (Reflect.get(target, name) as (...values: unknown[]) => unknown).apply(
          target,
          values,
        );
      };
    },
  });
}

function countingKv(kv: KVNamespace): KVNamespace {
  return counting(kv, { get: "kvReads", put: "kvWrites", delete: "kvWrites" });
}

/** Each call of a method on a stub is a request. */
function countingObjects(objects: DurableObjectNamespace): DurableObjectNamespace {
  const getByName = (name: string) =>
    new Proxy(objects.getByName(name), {
      get: (stub, method) => {
        const call = Reflect.get(stub, method) as (...values: unknown[]) => Promise<unknown>;
        return (...values: unknown[]) => {
          counts.objectRequests += 1;
          return call(...values);
        };
      },
    });
  return counting(objects, {}, { getByName });
}

/**
 * Rows as Cloudflare bills them: each `get`, `put` and `delete` of a key is a row, each entry of a
 * `list` is one, and each `setAlarm`. One that finds nothing counts as well, so this is the most
 * that it can be.
 */
function countingStorage(storage: DurableObjectStorage): DurableObjectStorage {
  function* list(options: SyncKvListOptions) {
    for (const entry of storage.kv.list(options)) {
      counts.rowsRead += 1;
      yield entry;
    }
  }
  const kv = counting(
    storage.kv,
    { get: "rowsRead", put: "rowsWritten", delete: "rowsWritten" },
    { list },
  );
  const setAlarm = (at: number) => {
    counts.rowsWritten += 1;
    alarmAt = at;
    return storage.setAlarm(at);
  };
  return counting(storage, {}, { kv, setAlarm });
}

function untilSettled<Value>(work: Promise<Value>): Promise<Value> {
  pending += 1;
  return work.finally(() => (pending -= 1));
}

interface Bindings {
  TOKENS?: KVNamespace;
  TOKEN_KEEPER: DurableObjectNamespace;
}

function countingBindings(env: Bindings): Bindings {
  return {
    ...env,
    ...(env.TOKENS && { TOKENS: countingKv(env.TOKENS) }),
    TOKEN_KEEPER: countingObjects(env.TOKEN_KEEPER),
  };
}

function behindAnswers<Context extends { waitUntil(work: Promise<unknown>): void }>(ctx: Context) {
  const waitUntil = ctx.waitUntil.bind(ctx);
  Object.defineProperty(ctx, "waitUntil", {
    value: (work: Promise<unknown>) => waitUntil(untilSettled(work)),
  });
  return ctx;
}

export class TokenKeeper extends UncountedKeeper {
  constructor(state: DurableObjectState, env: Bindings) {
    Object.defineProperty(state, "storage", { value: countingStorage(state.storage) });
    super(behindAnswers(state), countingBindings(env));
  }

  /** Is a request too. */
  override async alarm(info?: AlarmInvocationInfo): Promise<void> {
    counts.objectRequests += 1;
    alarmAt = null;
    await untilSettled(Promise.resolve(super.alarm?.(info)));
  }
}

let bindings: Bindings | undefined;

export default {
  async fetch(request, env, ctx) {
    if (new URL(request.url).pathname === "/counts") {
      return Response.json({ counts, pending, alarmAt });
    }
    bindings ??= countingBindings(env);
    return untilSettled(Promise.resolve(worker.fetch(request, bindings, behindAnswers(ctx))));
  },
} satisfies ExportedHandler<Bindings>;
