import type { Erased } from "./answer-schemas.ts";
import type { AppContext } from "./app-types.ts";
import { askKeeper } from "./ask-keeper.ts";
import { clearFlowCookies } from "./flow-cookies.ts";
import { clearSession, readSession } from "./session-cookie.ts";

const NOTHING_TO_ERASE = { object: "deleted", kv: "deleted", connections: [] } as const;

/** `DELETE /session`: erases the owner for good, and every cookie of ours in this browser. */
export async function forgetRoute(c: AppContext): Promise<Erased> {
  const session = await readSession(c);
  const answered =
    session && (await askKeeper(c, session.owner, (keeper) => keeper.eraseOwner(session.id)));
  clearSession(c);
  clearFlowCookies(c);
  const { object, kv, connections } = answered?.answer ?? NOTHING_TO_ERASE;
  return { object, kv, cookies: "cleared", connections };
}
