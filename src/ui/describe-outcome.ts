import type { Notice } from "./notice.ts";
import { PROVIDER_NAMES } from "./provider-names.ts";
import type { Connection } from "./read-connections.ts";

/** The query parameters with which a flow comes back to this page. */
export const OUTCOME_PARAMETERS = ["provider", "outcome", "reason"] as const;

const START_AGAIN = "Start again; if that fails too, tell the people who run this Latchkey.";

/**
 * Says how a flow ended. Anyone can write these parameters into a link, so they only choose among
 * our own sentences, and whether something is connected is decided by `connections` alone.
 *
 * @returns `null` when the parameters are not an outcome
 */
export function describeOutcome(
  parameters: URLSearchParams,
  connections: readonly Connection[],
): Notice | null {
  const provider = parameters.get("provider");
  const connection = connections.find((candidate) => candidate.provider === provider);
  if (connection === undefined) return null;

  const { product } = PROVIDER_NAMES[connection.provider];
  switch (parameters.get("outcome")) {
    case "connected":
      return describeConnected(connection, product);
    case "denied":
      return {
        tone: "warn",
        text: `${product} was not connected, because access was refused. ${describeRest(connection, product)} To connect after all, start again and allow the access.`,
      };
    case "failed":
      return describeFailed(connection, parameters.get("reason"));
    default:
      return null;
  }
}

function describeConnected({ status }: Connection, product: string): Notice {
  switch (status) {
    case "connected":
      return { tone: "good", text: `${product} is connected.` };
    case "reconnect_required":
      return {
        tone: "warn",
        text: `${product} is not usable at the moment: it has to be reconnected.`,
      };
    case "not_connected":
      return {
        tone: "warn",
        text: `${product} is not connected in this browser, although the link you came by says so. If you have just connected it, start again; this browser may be refusing cookies.`,
      };
    case "not_configured":
      return { tone: "warn", text: `${product} is not connected: it is not set up here.` };
  }
}

function describeFailed(connection: Connection, reason: string | null): Notice {
  const { product } = PROVIDER_NAMES[connection.provider];
  const { cause, advice } = explainReason(reason, product);
  const text = `Connecting ${product} did not work${cause}. ${describeRest(connection, product)} ${advice}`;
  return { tone: "bad", text };
}

function explainReason(reason: string | null, product: string): { cause: string; advice: string } {
  switch (reason) {
    case "provider_unavailable":
      return {
        cause: `: ${product} could not be reached or did not answer in time`,
        advice: "Wait a few minutes, then start again.",
      };
    case "provider_misconfigured":
      return {
        cause: `: ${product} does not accept this Latchkey’s own credentials`,
        advice: "Trying again will not help: tell the people who run this Latchkey.",
      };
    case "provider_rejected":
      return { cause: `: ${product} turned the request down`, advice: START_AGAIN };
    default:
      return { cause: "", advice: START_AGAIN };
  }
}

function describeRest({ status }: Connection, product: string): string {
  return status === "connected"
    ? `The ${product} connection you already have is unchanged.`
    : "Nothing has changed.";
}
