import type { ProviderId } from "../providers/provider.ts";
import type { OwnerId } from "../shared/owner-id.ts";
import { utcDay } from "../shared/time.ts";
import type { Sealed } from "../vault/envelope.ts";
import type { Keyring } from "../vault/keyring.ts";
import { open, seal } from "../vault/seal.ts";

/** What the session cookie holds. There is no session table: the box is the session. */
export interface Session {
  readonly owner: OwnerId;
  readonly id: string;
  /** The UTC day on which the owner's object was last told of it. */
  readonly seenDay: number;
  /** The newest version of each connection that this browser knows of; 0 for none. */
  readonly versions: Readonly<Record<ProviderId, number>>;
}

export function sealSession(keyring: Keyring, session: Session): Promise<Sealed> {
  return seal(keyring, "session", [], JSON.stringify(session));
}

/** The session in a box, or `undefined`: tampered with, under a removed key, or idle too long. */
export async function openSession(
  keyring: Keyring,
  box: string,
  sessionDays: number,
  nowMs: number,
): Promise<Session | undefined> {
  const text = await open(keyring, "session", [], box);
  if (text === undefined) return undefined;
  const session = JSON.parse(text) as Session;
  return utcDay(nowMs) - session.seenDay <= sessionDays ? session : undefined;
}
