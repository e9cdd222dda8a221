import { openSession, type Session } from "../../src/session/session.ts";
import { type Keyring, parseKeyring } from "../../src/vault/keyring.ts";
import { SEALING_KEY_1 } from "../worker-bindings.ts";
import type { Browser } from "./open-browser.ts";

const SESSION = "__Host-Http-latchkey";

/** The keyring that the tests run with. */
export function testKeyring(): Keyring {
  const { keyring } = parseKeyring(`k1:${SEALING_KEY_1}`);
  if (!keyring) throw new Error("the test's key is no key");
  return keyring;
}

/** What the browser's session cookie holds. */
export async function sessionOf({ cookies }: Browser): Promise<Session> {
  const session = await openSession(testKeyring(), cookies.get(SESSION) ?? "", 30, Date.now());
  if (!session) throw new Error("the browser has no session");
  return session;
}
