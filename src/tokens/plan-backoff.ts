import { MINUTE_MS, SECOND_MS } from "../shared/time.ts";
import { CLOCK_SKEW_MS } from "./token-policy.ts";
import type { Backoff } from "./stored-rows.ts";

const FIRST_WAIT_MS = 2 * SECOND_MS;
const LONGEST_WAIT_MS = MINUTE_MS;
const DOUBTFUL_WAIT_MS = 3 * MINUTE_MS;
const DOUBT_ENDS_AFTER_MS = 30 * MINUTE_MS;
const SILENCE_MS = 10 * MINUTE_MS;
const MAX_PUBLIC_SECONDS = 60;

/** Why an attempt failed without telling anything of the grant. */
export interface Setback {
  readonly kind: Backoff["kind"];
  readonly retryAfterSeconds: number | undefined;
}

/**
 * When the next attempt may be made: what the provider asked for; else twice the wait before, with
 * jitter, up to a minute; minutes while a provider doubts our credentials for no clear reason.
 */
export function planBackoff(
  before: Backoff | null,
  setback: Setback,
  nowMs: number,
  random: number,
): Backoff {
  const failures = (before?.failures ?? 0) + 1;
  // What happened before a long silence says nothing of now.
  const isContinued = before?.kind === setback.kind && nowMs - before.until < SILENCE_MS;
  const since = isContinued ? before.since : nowMs;
  const { retryAfterSeconds } = setback;
  const longest =
    setback.kind === "doubtful"
      ? DOUBTFUL_WAIT_MS
      : Math.min(FIRST_WAIT_MS * 2 ** Math.min(failures - 1, 10), LONGEST_WAIT_MS);
  const waitMs =
    retryAfterSeconds === undefined ? longest * (0.5 + random / 2) : retryAfterSeconds * SECOND_MS;
  return {
    at: nowMs,
    until: nowMs + waitMs,
    failures,
    since,
    kind: setback.kind,
    byProvider: retryAfterSeconds !== undefined,
  };
}

/** Whether the next attempt has to wait. Not for a plan of a clock that was set back since. */
export function isWaiting({ at, until }: Backoff, nowMs: number): boolean {
  return nowMs < until && at <= nowMs + CLOCK_SKEW_MS;
}

/** Half an hour of wrong credentials is believed. */
export function isDoubtOver({ kind, since }: Backoff, nowMs: number): boolean {
  return kind === "doubtful" && nowMs - since >= DOUBT_ENDS_AFTER_MS;
}

/** What callers are told. */
export function publicKind(backoff: Backoff, nowMs: number): "unavailable" | "misconfigured" {
  if (backoff.kind !== "doubtful") return backoff.kind;
  return isDoubtOver(backoff, nowMs) ? "misconfigured" : "unavailable";
}

/** The `Retry-After` for callers, in whole seconds: at most 60, unless the provider asked for more. */
export function publicRetryAfter(backoff: Backoff, nowMs: number): number {
  const seconds = Math.max(1, Math.ceil((backoff.until - nowMs) / SECOND_MS));
  return backoff.byProvider ? seconds : Math.min(seconds, MAX_PUBLIC_SECONDS);
}
