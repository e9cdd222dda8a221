import type { LoggedRequest, RequestMatch } from "./emulator-protocol.ts";

const KEPT_REQUESTS = 20_000;

interface Waiter {
  readonly match: RequestMatch;
  readonly count: number;
  readonly resolve: (arrived: LoggedRequest[]) => void;
}

export interface RequestLog {
  sequence: number;
  readonly entries: LoggedRequest[];
  readonly waiters: Set<Waiter>;
}

export function createRequestLog(): RequestLog {
  return { sequence: 0, entries: [], waiters: new Set() };
}

export function logRequest(log: RequestLog, request: LoggedRequest): void {
  log.entries.push(request);
  if (log.entries.length > KEPT_REQUESTS) log.entries.shift();
  notifyWaiters(log);
}

/** To be called whenever a logged request learnt something that a match can ask for. */
export function notifyWaiters(log: RequestLog): void {
  for (const waiter of log.waiters) {
    const arrived = findRequests(log, waiter.match);
    if (arrived.length < waiter.count) continue;
    log.waiters.delete(waiter);
    waiter.resolve(arrived);
  }
}

export function findRequests(log: RequestLog, match: RequestMatch): LoggedRequest[] {
  return log.entries.filter((request) => matchesRequest(match, request));
}

/** Resolves with what has arrived, also when the signal ends the wait short of `count`. */
export function arrivedRequests(
  log: RequestLog,
  { match, count, signal }: { match: RequestMatch; count: number; signal: AbortSignal },
): Promise<LoggedRequest[]> {
  return new Promise((resolve) => {
    const waiter: Waiter = { match, count, resolve };
    log.waiters.add(waiter);
    signal.addEventListener("abort", () => {
      if (log.waiters.delete(waiter)) resolve(findRequests(log, match));
    });
    notifyWaiters(log);
  });
}

export function matchesRequest(match: RequestMatch, request: LoggedRequest): boolean {
  return (
    (match.partial === true || request.complete) &&
    (match.provider === undefined || match.provider === request.provider) &&
    (match.endpoint === undefined || match.endpoint === request.endpoint) &&
    (match.grantType === undefined || match.grantType === request.grantType) &&
    (match.method === undefined || match.method.toUpperCase() === request.method) &&
    (match.path === undefined || request.path.includes(match.path)) &&
    (match.account === undefined || match.account === request.account) &&
    (match.aborted === undefined || match.aborted === request.aborted)
  );
}
