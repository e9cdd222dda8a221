import { env } from "cloudflare:workers";
import { vi } from "vitest";

/**
 * Where an object is stopped at one of its waits. `before`: what it waits for was never done;
 * `after`: it was done, and the object never learns of it.
 */
export type Side = "before" | "after";

interface Stop {
  readonly index: number;
  readonly side: Side | "any";
}

interface AwaitPoint {
  readonly name: string;
  /** Where it makes a difference. */
  readonly sides: readonly Side[];
}

export interface AwaitPoints {
  /** Stops the wait of this number from now on, counted from 0. */
  stopAt(stop: Stop): void;
  /** Whether it has come to that. Poll it: the wait is inside an object. */
  isStopped(): boolean;
  /** Lets the stopped wait end as it would have. */
  release(): void;
  /** Watches no more, until the next `stopAt`. */
  forget(): void;
  /** What was waited for since `stopAt`, in order. */
  readonly found: readonly AwaitPoint[];
}

type Method = (...args: unknown[]) => unknown;

/**
 * Watches everything of the platform that gives a promise: storage, every binding, cryptography,
 * `fetch` and the bodies it brings. Timers are not watched: those of the product only end what is raced
 * with something that is. Undo it with `vi.restoreAllMocks()`.
 * @param storage an object's storage
 */
export function watchAwaits(storage: DurableObjectStorage): AwaitPoints {
  const found: AwaitPoint[] = [];
  let stop: Stop | undefined;
  let isStopped = false;
  let release: () => void = () => undefined;
  let released = Promise.resolve();

  async function wait(point: AwaitPoint, perform: () => unknown): Promise<unknown> {
    if (!stop) return perform();
    const asked = stop.index === found.length ? stop.side : undefined;
    found.push(point);
    const side = asked === "any" ? point.sides[0] : asked;
    if (side === undefined) return perform();
    const result = side === "after" ? await perform() : undefined;
    isStopped = true;
    await released;
    return side === "after" ? result : perform();
  }

  for (const [owner, target, sides] of platform(storage)) {
    for (const name of asyncMethodsOf(target)) {
      const methods = target as Record<string, Method>;
      const original = methods[name];
      const point = { name: `${owner}.${name}`, sides };
      vi.spyOn(methods, name).mockImplementation(function watched(this: unknown, ...args) {
        return wait(point, () => original?.apply(this, args));
      });
    }
  }
  return {
    found,
    stopAt(next) {
      found.length = 0;
      stop = next;
      isStopped = false;
      released = new Promise((resolve) => {
        release = resolve;
      });
    },
    isStopped: () => isStopped,
    release: () => release(),
    forget() {
      stop = undefined;
    },
  };
}

const BOTH: readonly Side[] = ["before", "after"];

/** What the platform offers to wait for, and on which sides of it an object can be stopped. */
function platform(storage: DurableObjectStorage): (readonly [string, object, readonly Side[]])[] {
  const bindings = Object.entries(env).flatMap(([name, binding]: [string, unknown]) =>
    isOurs(name, binding) ? [[name, prototypeOf(binding), BOTH] as const] : [],
  );
  return [
    // Whether an answer got lost makes no difference where nothing was changed.
    ["crypto.subtle", prototypeOf(crypto.subtle), ["before"]],
    // Writes are made when they are called for, in one block with what stands before and after.
    ["storage", prototypeOf(storage), ["after"]],
    ["body", prototypeOf(new ReadableStream()[Symbol.asyncIterator]()), ["before"]],
    ["globalThis", globalThis, BOTH],
    ...bindings,
  ];
}

/** Objects don't call objects, and the test pool has bindings of its own. */
function isOurs(name: string, binding: unknown): binding is object {
  const isObject = typeof binding === "object" && binding !== null;
  return isObject && !name.startsWith("__VITEST") && !("getByName" in binding);
}

function prototypeOf(value: object): object {
  return Object.getPrototypeOf(value) as object;
}

/** Methods that give a value at once; whatever else is found gives a promise. */
const AT_ONCE = new Set(["constructor", "timingSafeEqual", "transactionSync"]);

function asyncMethodsOf(target: object): string[] {
  if (target === globalThis) return ["fetch"];
  return Object.entries(Object.getOwnPropertyDescriptors(target))
    .filter(([name, { value }]) => typeof value === "function" && !AT_ONCE.has(name))
    .map(([name]) => name);
}
