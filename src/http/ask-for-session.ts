import type { Session } from "../session/session.ts";
import type { WithSession } from "../tokens/token-answer.ts";
import type { TokenKeeper } from "../tokens/token-keeper.ts";
import type { AppContext } from "./app-types.ts";
import { askKeeper } from "./ask-keeper.ts";
import { updateSession } from "./session-cookie.ts";

/** Asks the object of a session's owner, and gives the browser what it says of that session. */
export async function askForSession<Answer>(
  c: AppContext,
  session: Session,
  ask: (keeper: DurableObjectStub<TokenKeeper>) => Promise<WithSession<Answer>>,
): Promise<Answer> {
  const answered = await askKeeper(c, session.owner, ask);
  await updateSession(c, session, answered.session);
  return answered.answer;
}
