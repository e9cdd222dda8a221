import { abortAllDurableObjects, runInDurableObject } from "cloudflare:test";
import { afterEach } from "vitest";
import { type Config, readConfig } from "../../src/config.ts";
import { parseKeyring } from "../../src/vault/keyring.ts";
import { SEALING_KEY_1, SEALING_KEY_2 } from "../worker-bindings.ts";
import type { keeperOf } from "./kv-copy.ts";

let undo: () => void = () => undefined;

/** Call it at the top of a file that restarts objects with another key. */
export function useReplaceableKeys(): void {
  afterEach(() => undo());
}

/**
 * As a deployment does that puts a new key in front: every object is stopped, and starts again with
 * these keys. The bindings can't be changed while a test runs, but what was read from them can.
 */
export async function restartWithNewKey(keeper: ReturnType<typeof keeperOf>): Promise<void> {
  await runInDurableObject(keeper, (instance) => {
    const { config } = readConfig((instance as unknown as { env: Env }).env);
    if (config) replaceKeys(config);
  });
  await abortAllDurableObjects();
}

function replaceKeys(config: Config): void {
  const { keyring: before } = config;
  const { keyring } = parseKeyring(`k2:${SEALING_KEY_2},k1:${SEALING_KEY_1}`);
  Object.assign(config, { keyring });
  undo = () => void Object.assign(config, { keyring: before });
}
