import type { ExchangeFailure } from "../providers/classify-refusal.ts";
import type { ProviderId } from "../providers/provider.ts";

/** How a flow ended that could be trusted. */
export type FlowOutcome =
  | { readonly outcome: "connected" }
  | { readonly outcome: "denied" }
  | { readonly outcome: "failed"; readonly reason: ExchangeFailure };

const OURS = new Set(["provider", "outcome", "reason"]);

/**
 * The address with the outcome set in its query: same-named parameters go, also those that an
 * earlier flow left, all others and the fragment stay as they are, byte for byte.
 */
export function withOutcome(returnTo: string, provider: ProviderId, outcome: FlowOutcome): string {
  const url = new URL(returnTo);
  const parameters = new URLSearchParams({ provider, ...outcome });
  const kept = url.search
    .slice(1)
    .split("&")
    .filter((part) => part !== "" && !OURS.has(nameOf(part)));
  // The setter takes one leading "?" away: it must not be one that belongs to a name.
  url.search = `?${[...kept, parameters].join("&")}`;
  return url.href;
}

function nameOf(part: string): string {
  // Without the "&" a leading "?" would be taken for the query's own.
  const [name = ""] = new URLSearchParams(`&${part}`).keys();
  return name;
}
