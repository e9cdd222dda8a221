import { PROVIDER_IDS, type ProviderId } from "../providers/provider.ts";
import type { OwnerId } from "../shared/owner-id.ts";
import { sha256 } from "../shared/sha256.ts";
import { MINUTE_MS, utcDay } from "../shared/time.ts";
import type { Session } from "../session/session.ts";
import type { KeeperContext } from "./keeper-context.ts";
import { resealConnections } from "./reseal-connections.ts";
import type { LiveOwner, OwnerRow, StoredRows } from "./stored-rows.ts";

/** How long a session id outlives the connect that replaced it. */
const GRACE_MS = 2 * MINUTE_MS;
/** Afterwards it is remembered only to judge flows, which live for ten minutes. */
const REMEMBERED_MS = 12 * MINUTE_MS;

/** The owner, if this session id is good; does what is due on the first call of a UTC day. */
export async function claimSession(
  ctx: KeeperContext,
  sessionId: string,
): Promise<LiveOwner | undefined> {
  const hash = await sha256(sessionId);
  const owner = ctx.rows.owner();
  if (owner?.state !== "live" || diedAt(owner, hash) <= ctx.now()) return undefined;
  const today = utcDay(ctx.now());
  if (today <= owner.seenDay) return owner;
  const seen = { ...owner, seenDay: today };
  ctx.rows.putOwner(seen);
  ctx.planAlarm();
  ctx.background(resealConnections(ctx));
  return seen;
}

/** Whether a session was already dead at the moment when a flow was started under it. */
export function wasDeadAt(
  owner: OwnerRow | undefined,
  sessionHash: string,
  startedAt: number,
): boolean {
  return owner?.state !== "live" || diedAt(owner, sessionHash) <= startedAt;
}

/** The instant from which a session is none; long ago for one that was never this owner's. */
function diedAt(owner: LiveOwner, sessionHash: string): number {
  if (owner.sessionHash === sessionHash) return Number.POSITIVE_INFINITY;
  const superseded = owner.superseded.find(({ hash }) => hash === sessionHash);
  return superseded ? superseded.at + GRACE_MS : Number.NEGATIVE_INFINITY;
}

/** The owner under a new session; the one before it is good for two more minutes. */
export function supersede(
  before: LiveOwner | undefined,
  next: { readonly sessionId: string; readonly sessionHash: string },
  nowMs: number,
): LiveOwner {
  const remembered = before?.superseded.filter(({ at }) => nowMs < at + REMEMBERED_MS) ?? [];
  const replaced = before ? [{ hash: before.sessionHash, at: nowMs }] : [];
  return {
    state: "live",
    ...next,
    superseded: [...remembered, ...replaced],
    seenDay: utcDay(nowMs),
  };
}

/** The session as this owner's browser should hold it from now on. */
export function currentSession(owner: OwnerId, row: LiveOwner, rows: StoredRows): Session {
  const versions = Object.fromEntries(
    PROVIDER_IDS.map((provider) => [provider, rows.connection(provider)?.version ?? 0]),
  ) as Record<ProviderId, number>;
  return { owner, id: row.sessionId, seenDay: row.seenDay, versions };
}
