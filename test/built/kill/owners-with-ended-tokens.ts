import { setTimeout as delay } from "node:timers/promises";
import type { Latchkey } from "../run-latchkey.ts";
import { type Connection, connectedOwner } from "./connected-owner.ts";
import { localKv } from "./local-kv.ts";

const OWNERS = 4;

/** People with both connections, whose tokens have ended: whoever asks for one starts a refresh. */
export async function ownersWithEndedTokens(latchkey: Latchkey): Promise<Connection[][]> {
  const { emulator } = latchkey;
  await latchkey.resetEmulator();
  // Only in what it says: whoever connects needs its token to see whose it is.
  await emulator.configure({ overrideTokenFields: { expires_in: 1 } });
  const owners: Connection[][] = [];
  for (let index = 0; index < OWNERS; index += 1) {
    owners.push(await connectedOwner(latchkey, `owner-${index}`));
  }
  await emulator.configure({ overrideTokenFields: {} });
  // From now on a token that works is a new one.
  await emulator.expireAccessTokens();
  const records = localKv(latchkey.stateFolder).records();
  const ends = owners.flat().map(({ kvKey }) => records.get(kvKey)?.expiresAt ?? 0);
  await delay(Math.max(...ends) - Date.now());
  return owners;
}
