import { setCookie } from "hono/cookie";
import { PROVIDER_IDS } from "../providers/provider.ts";
import { type OpenedSession, openSession, sealSession, type Session } from "../session/session.ts";
import { DAY_MS, SECOND_MS } from "../shared/time.ts";
import type { AppContext } from "./app-types.ts";
import { clearFlowCookies } from "./flow-cookies.ts";
import { readCookies } from "./read-cookies.ts";

export const SESSION_COOKIE = "__Host-Http-latchkey";
/** Never sent with a request that another site caused. */
const ATTRIBUTES = { secure: true, httpOnly: true, path: "/", sameSite: "Strict" } as const;

/** The caller's session, if its cookie is one: untampered, not expired, under a key we hold. */
export async function readSession(c: AppContext): Promise<OpenedSession | undefined> {
  const { keyring, sessionDays } = c.get("config");
  const box = readCookies(c.req.header("Cookie")).get(SESSION_COOKIE);
  return box === undefined ? undefined : openSession(keyring, box, sessionDays, Date.now());
}

/**
 * Gives the browser what its owner's object says of the session. Only for answers that asked the
 * object: a late answer of the warm path must not put an older session back.
 */
export async function updateSession(
  c: AppContext,
  held: Session | undefined,
  current: Session | null | undefined,
): Promise<void> {
  if (current === null) {
    clearSession(c);
    // What was started under it is as dead, and must not hand its owner on.
    return clearFlowCookies(c);
  }
  if (!current || (held && isSameSession(held, current))) return;
  const { keyring, sessionDays } = c.get("config");
  const maxAge = (sessionDays * DAY_MS) / SECOND_MS;
  setCookie(c, SESSION_COOKIE, await sealSession(keyring, current), { ...ATTRIBUTES, maxAge });
}

export function clearSession(c: AppContext): void {
  setCookie(c, SESSION_COOKIE, "", { ...ATTRIBUTES, maxAge: 0 });
}

export function isSameSession(a: Session, b: Session): boolean {
  return (
    a.id === b.id &&
    a.seenDay === b.seenDay &&
    PROVIDER_IDS.every((provider) => a.versions[provider] === b.versions[provider])
  );
}
