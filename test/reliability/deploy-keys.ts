import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { readConfig } from "../../src/config.ts";
import { testKeyring } from "./session-of.ts";

/**
 * Replaces the objects' sealing keys as a deployment does: each object has them from its next start
 * on. The edge has its own: see `fetchWithBindings`.
 */
export async function deployKeys(sealingKeys: string): Promise<void> {
  const keyring = testKeyring(sealingKeys);
  await runInDurableObject(env.TOKEN_KEEPER.getByName("any"), (instance) => {
    const { env: bindings } = instance as unknown as { env: Parameters<typeof readConfig>[0] };
    const { config } = readConfig(bindings);
    Object.assign(config ?? {}, { keyring });
  });
}
