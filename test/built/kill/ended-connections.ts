import { setTimeout as delay } from "node:timers/promises";
import type { Latchkey } from "../run-latchkey.ts";
import { type Connection, connectedOwner } from "./connected-owner.ts";
import { localKv } from "./local-kv.ts";

const OWNERS = 4;

export interface EndedConnection extends Connection {
  /** Its owner comes back and calls. The others' must recover by themselves. */
  readonly isAttended: boolean;
}

/**
 * Of several people, every other one attended: both connections, with tokens that have ended.
 * Whoever asks for one starts a refresh.
 */
export async function endedConnections(latchkey: Latchkey): Promise<EndedConnection[]> {
  const { emulator } = latchkey;
  await latchkey.resetEmulator();
  // Only in what it says: whoever connects needs its token to see whose it is.
  await emulator.configure({ overrideTokenFields: { expires_in: 1 } });
  const connections: EndedConnection[] = [];
  for (let index = 0; index < OWNERS; index += 1) {
    const both = await connectedOwner(latchkey, `owner-${index}`);
    connections.push(...both.map((one) => ({ ...one, isAttended: index % 2 === 0 })));
  }
  await emulator.configure({ overrideTokenFields: {} });
  // From now on a token that works is a new one.
  await emulator.expireAccessTokens();
  const records = localKv(latchkey.stateFolder).records();
  const ends = connections.map(({ kvKey }) => records.get(kvKey)?.expiresAt ?? 0);
  await delay(Math.max(...ends) - Date.now());
  return connections;
}
