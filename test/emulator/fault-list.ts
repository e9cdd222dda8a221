import type { LoggedRequest } from "./emulator-protocol.ts";
import type { Fault } from "./fault.ts";
import { matchesRequest } from "./request-log.ts";

interface Gate {
  readonly opened: Promise<void>;
  readonly open: () => void;
  waiting: number;
}

interface ArmedFault {
  readonly fault: Fault;
  left: number;
}

export interface FaultList {
  readonly armed: ArmedFault[];
  readonly gates: Map<string, Gate>;
}

export function createFaultList(): FaultList {
  return { armed: [], gates: new Map() };
}

export function armFault(list: FaultList, fault: Fault): void {
  const left = fault.times === "always" ? Infinity : (fault.times ?? 1);
  list.armed.push({ fault, left });
  if (fault.hold !== undefined) list.gates.set(fault.hold, closedGate());
}

/** The first armed fault that fits; its count goes down. */
export function takeFault(list: FaultList, request: LoggedRequest): Fault | undefined {
  const found = list.armed.find(
    ({ fault, left }) => left > 0 && matchesRequest({ ...fault, partial: true }, request),
  );
  if (found === undefined) return undefined;
  found.left -= 1;
  return found.fault;
}

/** Open for good: whoever comes later passes too. Returns how many were waiting. */
export function releaseGate(list: FaultList, name: string): number {
  const gate = list.gates.get(name);
  if (gate === undefined) throw new Error(`nothing holds by this name: ${name}`);
  gate.open();
  return gate.waiting;
}

export async function passGate(list: FaultList, name: string, signal: AbortSignal): Promise<void> {
  const gate = list.gates.get(name);
  if (gate === undefined) return;
  gate.waiting += 1;
  await Promise.race([gate.opened, aborted(signal)]);
  gate.waiting -= 1;
  signal.throwIfAborted();
}

function closedGate(): Gate {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { opened: promise, open: resolve, waiting: 0 };
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
