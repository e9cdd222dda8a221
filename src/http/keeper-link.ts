import type { ProviderId } from "../providers/provider.ts";
import type { OpenedSession } from "../session/session.ts";
import { logFailure } from "../shared/log-event.ts";
import type { SitesAnswer } from "../tokens/refresh-sites.ts";
import type { TokenAnswer, WithSession } from "../tokens/token-answer.ts";
import type { TokenKeeper } from "../tokens/token-keeper.ts";
import type { AppContext } from "./app-types.ts";
import { askKeeper } from "./ask-keeper.ts";
import { readSessionToken } from "./read-session-token.ts";
import { isSameSession, updateSession } from "./session-cookie.ts";

/** A connection, for a call that waits for the provider between asking and answering. */
export interface KeeperLink {
  readToken(): Promise<TokenAnswer>;
  forceRefresh(rejected: string): Promise<TokenAnswer>;
  refreshSites(): Promise<SitesAnswer>;
  /**
   * Gives the browser its session as it is by now, if the object told anything new of it. What was
   * said before the wait must not put an older one back. Never throws: the provider's answer counts.
   */
  renewSession(): Promise<void>;
}

export function linkKeeper(
  c: AppContext,
  provider: ProviderId,
  session: OpenedSession,
): KeeperLink {
  let hasNews = false;

  function hear<Answer>({ session: current, answer }: WithSession<Answer>): Answer {
    hasNews ||= !!current && !isSameSession(session, current);
    return answer;
  }

  async function ask<Answer>(
    question: (keeper: DurableObjectStub<TokenKeeper>) => Promise<WithSession<Answer>>,
  ): Promise<Answer> {
    return hear(await askKeeper(c, session.owner, question));
  }

  async function renew(): Promise<void> {
    const { session: current } = await askKeeper(c, session.owner, (keeper) =>
      keeper.currentSession(session.id),
    );
    // A session that is over takes no cookie along: by now the browser may hold another owner's.
    if (current) await updateSession(c, session, current);
  }

  return {
    async readToken() {
      const reading = await readSessionToken(c, provider, session);
      if (!reading.asked) return reading.answer;
      // Nothing was waited for yet: who is told to connect must not start under a dead session.
      if (reading.session === null) await updateSession(c, session, null);
      return hear(reading);
    },
    forceRefresh: (rejected) =>
      ask((keeper) => keeper.forceRefresh(provider, session.id, rejected)),
    refreshSites: () => ask((keeper) => keeper.refreshSites(provider, session.id)),
    async renewSession() {
      if (hasNews) await logFailure(renew());
    },
  };
}
