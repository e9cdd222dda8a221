import { type ReportedOutcome, readOutcome, withoutOutcome } from "./read-outcome.ts";

/**
 * How connecting ended that this page is the return of; `null` when it is not. It is taken out of
 * the page's address, so that a reload does not tell it again.
 */
export function takeOutcome(): ReportedOutcome | null {
  const url = new URL(location.href);
  const outcome = readOutcome(url);
  if (outcome) history.replaceState(history.state, "", withoutOutcome(url));
  return outcome;
}
