import type { ProviderId } from "../providers/provider.ts";
import type { OwnerId } from "../shared/owner-id.ts";
import { sha256 } from "../shared/sha256.ts";
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

/** One that came in a cookie. */
export interface OpenedSession extends Session {
  /** SHA-256 of the id: what is told of a session where its id must not stand. */
  readonly idHash: string;
}

/** So many boxes are remembered in one isolate: half a kilobyte each, and no token in it. */
export const REMEMBERED_SESSIONS = 1_000;

/**
 * A browser shows the same box at every call of a day: it is opened at the first. That a box opens
 * depends on the keyring alone, and a removed key is another keyring.
 */
const remembered = new WeakMap<Keyring, Map<string, OpenedSession>>();

export function sealSession(keyring: Keyring, session: Session): Promise<Sealed> {
  return seal(keyring, "session", [], JSON.stringify(session));
}

/** The session in a box, or `undefined`: tampered with, under a removed key, or idle too long. */
export async function openSession(
  keyring: Keyring,
  box: string,
  sessionDays: number,
  nowMs: number,
): Promise<OpenedSession | undefined> {
  const session = remembered.get(keyring)?.get(box) ?? (await openBox(keyring, box));
  return session && utcDay(nowMs) - session.seenDay <= sessionDays ? session : undefined;
}

async function openBox(keyring: Keyring, box: string): Promise<OpenedSession | undefined> {
  const text = await open(keyring, "session", [], box);
  if (text === undefined) return undefined;
  const session = JSON.parse(text) as Session;
  const opened = { ...session, idHash: await sha256(session.id) };
  remember(keyring, box, opened);
  return opened;
}

function remember(keyring: Keyring, box: string, session: OpenedSession): void {
  const boxes = remembered.get(keyring) ?? new Map<string, OpenedSession>();
  const [oldest] = boxes.keys();
  if (boxes.size >= REMEMBERED_SESSIONS && oldest !== undefined) boxes.delete(oldest);
  remembered.set(keyring, boxes.set(box, session));
}
