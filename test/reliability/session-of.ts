import { openSession, type Session } from "../../src/session/session.ts";
import { type Keyring, parseKeyring } from "../../src/vault/keyring.ts";
import { SEALING_KEY_1 } from "../worker-bindings.ts";
import type { Browser } from "../journeys/open-browser.ts";

const SESSION = "__Host-Http-latchkey";

/** The keyring that the tests run with, unless they say otherwise. */
export function testKeyring(sealingKeys = `k1:${SEALING_KEY_1}`): Keyring {
  const { keyring } = parseKeyring(sealingKeys);
  if (!keyring) throw new Error("the test's keys are no keys");
  return keyring;
}

/** What the browser's session cookie holds. */
export async function sessionOf({ cookies }: Browser, sealingKeys?: string): Promise<Session> {
  const keyring = testKeyring(sealingKeys);
  const session = await openSession(keyring, cookies.get(SESSION) ?? "", 30, Date.now());
  if (!session) throw new Error("the browser has no session");
  return session;
}
