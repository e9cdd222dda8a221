import type { LatchkeyError } from "../client/latchkey-error.ts";

type Problem = Pick<LatchkeyError, "code" | "status" | "retryAfter">;

/** Why a call to Latchkey failed, in plain words. Nothing of the answer's own text is shown. */
export function describeProblem({ code, status = 0, retryAfter }: Problem): string {
  if (code === "unreachable") {
    return "Latchkey could not be reached. Check your internet connection.";
  }
  if (code === "misconfigured") {
    return "Latchkey is not set up correctly. Only the people who run it can mend that.";
  }
  if (status === 429) {
    return `Too many requests came in a short time. Wait ${describeWait(retryAfter)}.`;
  }
  if (status >= 500) return "Latchkey has a problem at the moment. Wait a little.";
  return "Latchkey gave an answer this page does not understand. Reloading the page may help.";
}

function describeWait(seconds = 60): string {
  if (seconds === 60) return "a minute";
  if (seconds === 1) return "a second";
  return seconds <= 90 ? `${seconds} seconds` : `${Math.ceil(seconds / 60)} minutes`;
}
