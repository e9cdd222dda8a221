import { providerFetch } from "../oauth/provider-fetch.ts";
import { logEvent } from "../shared/log-event.ts";
import { passHeaders } from "./pass-headers.ts";
import type { RequestBody } from "./request-body.ts";
import { REQUEST_HEADERS } from "./request-headers.ts";

export interface ProxiedRequest {
  readonly url: string;
  readonly method: string;
  readonly headers: Headers;
  readonly body: RequestBody;
}

/** Sends a caller's request on, with the access token; `undefined` when no answer came. */
export async function sendUpstream(
  { url, method, headers, body }: ProxiedRequest,
  accessToken: string,
): Promise<Response | undefined> {
  const sent = passHeaders(headers, REQUEST_HEADERS);
  sent.set("Authorization", `Bearer ${accessToken}`);
  try {
    return await providerFetch(url, { method, headers: sent, body: body.content });
  } catch {
    logEvent("warn", "proxied_call_failed");
    return undefined;
  }
}
