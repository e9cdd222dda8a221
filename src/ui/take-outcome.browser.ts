import { OUTCOME_PARAMETERS } from "./describe-outcome.ts";

/** Takes the end of a flow out of the page's address, so that a reload does not tell it again. */
export function takeOutcome(): URLSearchParams {
  const url = new URL(location.href);
  const outcome = new URLSearchParams(url.search);
  for (const name of OUTCOME_PARAMETERS) url.searchParams.delete(name);
  if (url.href !== location.href) history.replaceState(null, "", url);
  return outcome;
}
