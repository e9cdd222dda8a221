import { type Keyring, parseKeyring } from "../../src/vault/keyring.ts";
import { SEALING_KEY_1, SEALING_KEY_2 } from "../worker-bindings.ts";

const PAIRS = { k1: `k1:${SEALING_KEY_1}`, k2: `k2:${SEALING_KEY_2}` };

/** A keyring with these keys: the first seals. */
export function testKeyring(...ids: (keyof typeof PAIRS)[]): Keyring {
  const { keyring, problems } = parseKeyring(ids.map((id) => PAIRS[id]).join(","));
  if (!keyring) throw new Error(problems.join("; "));
  return keyring;
}
