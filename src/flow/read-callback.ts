import { validateAuthResponse } from "oauth4webapi";
import type { ProviderClient } from "../providers/provider-client.ts";
import { equalTexts } from "../shared/equal-texts.ts";
import type { FlowRecord } from "./flow-record.ts";

/** What a callback's query says about the flow it belongs to (RFC 6749 section 4.1.2). */
export type CallbackResult =
  | { readonly kind: "code"; readonly code: string }
  | { readonly kind: "error"; readonly error: string }
  /** It can't be trusted, but it did arrive: the flow is used up. */
  | { readonly kind: "untrusted" };

/** The one `state` of a callback, or `undefined` when it is missing, empty or given twice. */
export function readState(query: URLSearchParams): string | undefined {
  const [state, ...more] = query.getAll("state");
  return state !== undefined && state !== "" && more.length === 0 ? state : undefined;
}

/** Judges a callback's query by the flow that its state named. */
export async function readCallback(
  client: ProviderClient,
  flow: FlowRecord,
  query: URLSearchParams,
): Promise<CallbackResult> {
  const state = readState(query);
  if (state === undefined || !(await equalTexts(state, flow.state))) return { kind: "untrusted" };
  // RFC 9207 section 2.4; an `iss` that is present but empty is not the issuer either.
  if (query.getAll("iss").some((issuer) => issuer !== client.issuer)) return { kind: "untrusted" };
  const [error, ...moreErrors] = query.getAll("error");
  if (moreErrors.length > 0) return { kind: "untrusted" };
  if (error !== undefined) return { kind: "error", error };
  try {
    const server = { issuer: client.issuer };
    const checked = validateAuthResponse(server, { client_id: client.clientId }, query, state);
    const [code, ...more] = checked.getAll("code");
    if (code === undefined || code === "" || more.length > 0) return { kind: "untrusted" };
    return { kind: "code", code };
  } catch {
    return { kind: "untrusted" };
  }
}
