// The edge read path, nearly all traffic: at most one KV read and no object call when warm.
import type { ProviderId } from "../providers/provider.ts";
import type { OpenedSession } from "../session/session.ts";
import type { OwnerId } from "../shared/owner-id.ts";
import { utcDay } from "../shared/time.ts";
import type { Keyring } from "../vault/keyring.ts";
import { readRecord } from "./read-kv.ts";
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

/** A usable access token for a session, from KV when that can be trusted, else from the object. */
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
  const record = await readRecord(reader.kv, session.owner, provider, nowMs);
  if (record?.session !== session.idHash) return undefined;
  if (record.version < session.versions[provider] || !isFresh(record, nowMs)) return undefined;
  const place = { owner: session.owner, provider, version: record.version };
  const accessToken = await openToken(reader.keyring, "access", place, record.access);
  if (accessToken === undefined) return undefined;
  if (isEnding(record, nowMs)) {
    reader.background(
      reader.ask(session.owner, (keeper) => keeper.refreshAhead(provider, session.id)),
    );
  }
  const { expiresAt, scopes, sites } = record;
  return { kind: "token", accessToken, expiresAt, scopes, sites };
}
