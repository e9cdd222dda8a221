import type { Connection } from "../client/connection.ts";
import type { ReportedOutcome } from "../client/read-outcome.ts";
import type { Notice } from "./notice.ts";
import { PROVIDER_NAMES } from "./provider-names.ts";

const START_AGAIN = "Start again; if that fails too, tell the people who run this Latchkey.";

/**
 * Says how a flow ended. Anyone can write an outcome into a link, so it only chooses among our own
 * sentences, and whether something is connected is decided by the connection alone.
 *
 * @param connection the one that the outcome is about
 */
export function describeOutcome(
  { outcome, reason }: ReportedOutcome,
  connection: Connection,
): Notice {
  const { product } = PROVIDER_NAMES[connection.provider];
  switch (outcome) {
    case "connected":
      return describeConnected(connection, product);
    case "failed":
      return describeFailed(connection, reason);
    case "denied":
      return {
        tone: "warn",
        text: `${product} was not connected, because access was refused. ${describeRest(connection, product)} To connect after all, start again and allow the access.`,
      };
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

function describeFailed(connection: Connection, reason: string | undefined): Notice {
  const { product } = PROVIDER_NAMES[connection.provider];
  const { cause, advice } = explainReason(reason, product);
  const text = `Connecting ${product} did not work${cause}. ${describeRest(connection, product)} ${advice}`;
  return { tone: "bad", text };
}

function explainReason(
  reason: string | undefined,
  product: string,
): { cause: string; advice: string } {
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
