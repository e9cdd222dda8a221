import { providerFetch } from "../oauth/provider-fetch.ts";
import type { Provider } from "../providers/provider.ts";
import { errorKind, logEvent } from "../shared/log-event.ts";
import { allowList, passHeaders } from "./pass-headers.ts";
import type { RequestBody } from "./read-request-body.ts";
import { REQUEST_HEADERS } from "./request-headers.ts";

const PASSED = allowList(REQUEST_HEADERS);

export interface ProxiedRequest {
  readonly provider: Provider;
  readonly url: string;
  readonly method: string;
  readonly headers: Headers;
  readonly body: RequestBody;
}

/** Sends a caller's request on, with the access token; `undefined` when none came that can be passed on. */
export async function sendUpstream(
  { provider, url, method, headers, body }: ProxiedRequest,
  accessToken: string,
): Promise<Response | undefined> {
  const sent = { ...passHeaders(headers, PASSED), authorization: `Bearer ${accessToken}` };
  try {
    const answer = await providerFetch(url, { method, headers: sent, body: body.content });
    // Servers send others too, but no answer of ours can have one (RFC 9110 section 15).
    if (answer.status >= 200 && answer.status < 600) return answer;
    await answer.body?.cancel();
    logEvent("warn", "proxied_call_failed", { provider: provider.id, status: answer.status });
  } catch (error) {
    logEvent("warn", "proxied_call_failed", { provider: provider.id, error: errorKind(error) });
  }
  return undefined;
}
