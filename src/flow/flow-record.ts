import { PROVIDER_IDS, type ProviderId } from "../providers/provider.ts";
import type { OwnerId } from "../shared/owner-id.ts";
import { sha256 } from "../shared/sha256.ts";
import { MINUTE_MS } from "../shared/time.ts";
import type { Sealed } from "../vault/envelope.ts";
import type { Keyring } from "../vault/keyring.ts";
import { open, seal } from "../vault/seal.ts";

export const FLOW_LIFETIME_MS = 10 * MINUTE_MS;
const FLOW_ID_CHARACTERS = 22;

/** What a flow cookie holds: everything that the callback will need, and nothing of it durable. */
export interface FlowRecord {
  readonly provider: ProviderId;
  readonly owner: OwnerId;
  readonly state: string;
  readonly codeVerifier: string;
  readonly returnTo: string;
  readonly issuedAt: number;
  /** Hash of the session id that the flow, or the one it took its owner from, was started under. */
  readonly startedUnder: string | null;
  /** When its owner was taken from a session, or made: see `findOwner`. */
  readonly ownerSince: number;
}

/** The name of a flow, told by its state: how a callback finds its cookie. */
export async function flowIdOf(state: string): Promise<string> {
  return (await sha256(state)).slice(0, FLOW_ID_CHARACTERS);
}

export function sealFlow(keyring: Keyring, flowId: string, flow: FlowRecord): Promise<Sealed> {
  return seal(keyring, "flow", [flow.provider, flowId], JSON.stringify(flow));
}

/** The flow in a box, or `undefined`: not this flow's, not this provider's, or too old. */
export async function openFlow(
  keyring: Keyring,
  provider: ProviderId,
  flowId: string,
  box: string,
  nowMs: number,
): Promise<FlowRecord | undefined> {
  const text = await open(keyring, "flow", [provider, flowId], box);
  if (text === undefined) return undefined;
  const flow = JSON.parse(text) as FlowRecord;
  return nowMs < flow.issuedAt + FLOW_LIFETIME_MS ? flow : undefined;
}

/** A flow cookie of this browser: which flow it says it is, and its box. */
export interface FlowBox {
  readonly flowId: string;
  readonly box: string;
}

export interface LiveFlow {
  readonly flowId: string;
  readonly flow: FlowRecord;
}

/** The flows of a browser that are still alive, the newest first. */
export async function liveFlows(
  keyring: Keyring,
  boxes: readonly FlowBox[],
  nowMs: number,
): Promise<readonly LiveFlow[]> {
  const attempts = boxes.flatMap(({ flowId, box }) =>
    PROVIDER_IDS.map(async (provider) => {
      const flow = await openFlow(keyring, provider, flowId, box, nowMs);
      return flow ? [{ flowId, flow }] : [];
    }),
  );
  const live = (await Promise.all(attempts)).flat();
  return live.toSorted((a, b) => b.flow.issuedAt - a.flow.issuedAt);
}
