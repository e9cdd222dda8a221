import { setCookie } from "hono/cookie";
import { FLOW_LIFETIME_MS, type FlowBox } from "../flow/flow-record.ts";
import { SECOND_MS } from "../shared/time.ts";
import type { Sealed } from "../vault/envelope.ts";
import type { AppContext } from "./app-types.ts";
import { readCookies } from "./read-cookies.ts";

const PREFIX = "__Host-Http-latchkey-flow-";
/** Anybody can send any name: what is no flow's is not ours. */
const FLOW_ID = /^[A-Za-z0-9_-]{22}$/;
/** No browser of ours holds more than five; a header has room for thousands. */
const MAX_READ = 20;
/** Lax: the provider's redirect is cross-site, and must bring it. */
const ATTRIBUTES = { secure: true, httpOnly: true, path: "/", sameSite: "Lax" } as const;

/** Flows that this browser says it has under way. */
export function readFlowBoxes(c: AppContext): readonly FlowBox[] {
  return [...readCookies(c.req.header("Cookie"))]
    .filter(([name]) => name.startsWith(PREFIX))
    .map(([name, box]) => ({ flowId: name.slice(PREFIX.length), box }))
    .filter(({ flowId }) => FLOW_ID.test(flowId))
    .slice(-MAX_READ);
}

export function setFlowCookie(c: AppContext, flowId: string, box: Sealed): void {
  const maxAge = FLOW_LIFETIME_MS / SECOND_MS;
  setCookie(c, PREFIX + flowId, box, { ...ATTRIBUTES, maxAge });
}

export function clearFlowCookie(c: AppContext, flowId: string): void {
  setCookie(c, PREFIX + flowId, "", { ...ATTRIBUTES, maxAge: 0 });
}

export function clearFlowCookies(c: AppContext): void {
  for (const { flowId } of readFlowBoxes(c)) clearFlowCookie(c, flowId);
}
