// The edge read path, nearly all traffic: at most one KV read and no object call when warm.
import type { ProviderId } from "../providers/provider.ts";
import type { OpenedSession } from "../session/session.ts";
import type { OwnerId } from "../shared/owner-id.ts";
import { utcDay } from "../shared/time.ts";
import type { Keyring } from "../vault/keyring.ts";
import { readRecord } from "./read-kv.ts";
import { type EdgeToken, recallToken, prepareToRemember } from "./remembered-tokens.ts";
import { openToken } from "./sealed-tokens.ts";
import type { TokenAnswer, WithSession } from "./token-answer.ts";
import type { TokenKeeper } from "./token-keeper.ts";
import { isEnding, isFresh } from "./token-policy.ts";

/** What reading at the edge needs. */
export interface TokenReader {
  readonly kv: KVNamespace;
  readonly keyring: Keyring;
  /** Asks an owner's object. */
  ask<Answer>(
    owner: OwnerId,
    ask: (keeper: DurableObjectStub<TokenKeeper>) => Promise<Answer>,
  ): Promise<Answer>;
  background(work: Promise<unknown>): void;
}

/** The answer, with what the object said of the session if it was asked. */
export type TokenReading =
  | { readonly asked: false; readonly answer: TokenAnswer }
  | ({ readonly asked: true } & WithSession<TokenAnswer>);

/** A usable access token for a session: from memory or KV when that can be trusted, else from the object. */
export async function readToken(
  reader: TokenReader,
  session: OpenedSession,
  provider: ProviderId,
  nowMs: number,
): Promise<TokenReading> {
  const answer = await readWarm(reader, session, provider, nowMs);
  if (answer) return { asked: false, answer };
  const answered = await reader.ask(session.owner, (keeper) =>
    keeper.readToken(provider, session.id),
  );
  return { asked: true, ...answered };
}

async function readWarm(
  reader: TokenReader,
  session: OpenedSession,
  provider: ProviderId,
  nowMs: number,
): Promise<TokenAnswer | undefined> {
  // The first call of a UTC day goes to the object, which notes that the owner was seen.
  if (session.seenDay < utcDay(nowMs)) return undefined;
  const token = await findToken(reader, session, provider, nowMs);
  if (!token) return undefined;
  if (isEnding(token, nowMs)) {
    reader.background(
      reader.ask(session.owner, (keeper) => keeper.refreshAhead(provider, session.id)),
    );
  }
  const { accessToken, expiresAt, scopes, sites } = token;
  return { kind: "token", accessToken, expiresAt, scopes, sites };
}

/** The token as KV says, or said a moment ago; what is remembered and of no use is read anew. */
async function findToken(
  { kv, keyring }: TokenReader,
  session: OpenedSession,
  provider: ProviderId,
  nowMs: number,
): Promise<EdgeToken | undefined> {
  const { owner } = session;
  const recalled = recallToken(keyring, owner, provider, nowMs);
  if (recalled && isUsable(recalled, session, provider, nowMs)) return recalled;
  const remember = prepareToRemember(keyring, owner, provider, nowMs);
  const record = await readRecord(kv, owner, provider, nowMs);
  if (!record || !isUsable(record, session, provider, nowMs)) return undefined;
  const { access, version, expiresAt, lifetimeSeconds, scopes, sites } = record;
  const accessToken = await openToken(keyring, "access", { owner, provider, version }, access);
  if (accessToken === undefined) return undefined;
  const life = { expiresAt, lifetimeSeconds };
  const token = { version, session: session.idHash, ...life, scopes, sites, accessToken };
  remember(token);
  return token;
}

/** Whether it is this session's, no older than the session knows, and fresh. */
function isUsable(
  found: Omit<EdgeToken, "accessToken">,
  session: OpenedSession,
  provider: ProviderId,
  nowMs: number,
): boolean {
  return (
    found.session === session.idHash &&
    found.version >= session.versions[provider] &&
    isFresh(found, nowMs)
  );
}
