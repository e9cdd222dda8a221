import type { ProviderId } from "./connection.ts";

/** How connecting ended. A hint: `connections()` knows what is so. */
export interface Outcome {
  readonly provider: ProviderId;
  /** `abandoned`: nothing was heard of it, and there is no new connection. */
  readonly outcome: "connected" | "denied" | "failed" | "abandoned";
  /** Of a failure: `provider_unavailable`, `provider_misconfigured` or `provider_rejected`. */
  readonly reason?: string;
}

/** One that an address tells of. */
export interface ReportedOutcome extends Outcome {
  readonly outcome: Exclude<Outcome["outcome"], "abandoned">;
}

/** Marks the page that a popup comes back to, with the id of the `connect` that waits for it. */
export const POPUP_PARAMETER = "latchkey_popup";

const PARAMETERS = ["provider", "outcome", "reason", POPUP_PARAMETER];

/** The end of a flow that an address tells of. Anybody can write such an address. */
export function readOutcome({ searchParams }: URL): ReportedOutcome | null {
  const { provider, outcome, reason } = Object.fromEntries(searchParams);
  if (!/^(bitbucket|jira) (connected|denied|failed)$/.test(`${provider} ${outcome}`)) return null;
  return { provider, outcome, ...(reason && { reason }) } as ReportedOutcome;
}

/** The address without the end of a flow. */
export function withoutOutcome(url: URL): URL {
  const bare = new URL(url);
  for (const name of PARAMETERS) bare.searchParams.delete(name);
  return bare;
}
