import { LatchkeyError } from "./latchkey.js";
import { ProviderError } from "./read-json.js";

/** @type {Readonly<Record<import("latchkey/client").ProviderId, string>>} */
export const PRODUCTS = { bitbucket: "Bitbucket", jira: "Jira" };

/** How connecting ended. @param {import("latchkey/client").Outcome} end */
export function describeOutcome({ provider, outcome, reason }) {
  const product = PRODUCTS[provider];
  if (outcome === "connected") return `${product} is connected.`;
  const why = {
    denied: "access was refused",
    failed:
      reason === "provider_unavailable" ? "it is not available" : "something went wrong there",
    abandoned: "it was left unfinished",
  };
  return `${product} was not connected: ${why[outcome]}.`;
}

/**
 * Why a call came to nothing.
 * @param {unknown} error
 * @param {string} product
 */
export function describeProblem(error, product) {
  if (!(error instanceof LatchkeyError || error instanceof ProviderError)) {
    return `${product} could not be read. Is the network there, and Latchkey running?`;
  }
  const wait = error.retryAfter === undefined ? "" : ` Try again in ${error.retryAfter} seconds.`;
  return describeCause(error, product) + wait;
}

/**
 * @param {LatchkeyError | ProviderError} error
 * @param {string} product
 */
function describeCause(error, product) {
  if (error instanceof LatchkeyError) {
    const { code, message } = error;
    return code === "provider_unavailable" ? `${product} is not available at the moment.` : message;
  }
  const { status } = error;
  if (status === 429) return `${product} wants fewer calls.`;
  if (status >= 500) return `${product} is not available at the moment.`;
  return `${product} does not show this (status ${status}).`;
}
