import type { Notice } from "./notice.ts";

/** The parts of an answer that decide what the person is told. */
interface FailedAnswer {
  readonly status: number;
  /** The body, if it was JSON. */
  readonly body: unknown;
  /** The `Retry-After` header. */
  readonly retryAfter: string | null;
}

/**
 * Why a call to Latchkey failed, in plain words. Nothing of the answer's own text is shown.
 *
 * @param answer `null` when there was none: no network, a timeout, a body that broke off
 */
export function describeProblem(answer: FailedAnswer | null): Notice {
  return { tone: "bad", text: explain(answer) };
}

function explain(answer: FailedAnswer | null): string {
  if (answer === null) return "Latchkey could not be reached. Check your internet connection.";
  if (readCode(answer.body) === "misconfigured") {
    return "Latchkey is not set up correctly. Only the people who run it can mend that.";
  }
  if (answer.status === 429) {
    return `Too many requests came in a short time. Wait ${describeWait(answer.retryAfter)}.`;
  }
  if (answer.status >= 500) return "Latchkey has a problem at the moment. Wait a little.";
  return "Latchkey gave an answer this page does not understand. Reloading the page may help.";
}

function readCode(body: unknown): unknown {
  return typeof body === "object" && body !== null && "code" in body ? body.code : undefined;
}

/** Whole seconds are the only form of `Retry-After` that Latchkey sends. */
function describeWait(retryAfter: string | null): string {
  if (retryAfter === null || !/^\d{1,4}$/.test(retryAfter)) return "a minute";
  const seconds = Number(retryAfter);
  if (seconds <= 1) return "a second";
  return seconds <= 90 ? `${seconds} seconds` : `${Math.ceil(seconds / 60)} minutes`;
}
