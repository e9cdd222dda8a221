import { SITE_ID } from "../provider/fake-provider.ts";
import type { Call } from "../contender.ts";

/** So many bytes from Jira's API, as they are asked for at Latchkey and at the pass-through alike. */
export function proxiedBytes(bytes: number): Call {
  return {
    method: "GET",
    path: `/api/jira/${SITE_ID}/rest/api/3/bytes/${bytes}`,
    headers: { "x-latchkey": "1", "sec-fetch-site": "same-origin" },
  };
}
