import { env } from "cloudflare:workers";
import { expect } from "vitest";
import type { RequestMatch } from "../../emulator/emulator-protocol.ts";
import { holdNextCall } from "../../journeys/hold-next-call.ts";
import { emulator } from "../../journeys/journey-emulator.ts";
import { kvPrototype } from "../../journeys/kv-copy.ts";

/** Something on its way that stands still. */
export interface Hold {
  /** Waits until it stands still. Never by a promise of the object's own: that may be aborted. */
  reached(): Promise<unknown>;
  release(): Promise<unknown>;
  /** What a restart leaves of it: the provider still does what it was asked. */
  afterRestart(): Promise<unknown>;
  /** What a restart leaves of it at last: KV does. */
  land(): Promise<unknown>;
}

/** Holds the next such request at the provider, before or after it was processed. */
export async function holdRequest(
  match: RequestMatch,
  phase: "before" | "after" = "before",
): Promise<Hold> {
  const name = `${phase} ${JSON.stringify(match)}`;
  const earlier = await emulator.requests(match);
  await emulator.fault({ ...match, phase, hold: name });
  return {
    reached: () => emulator.waitForRequests(match, earlier.length + 1),
    release: () => emulator.release(name),
    afterRestart: () => emulator.release(name),
    land: async () => undefined,
  };
}

export function holdKv(method: "get" | "put" | "delete"): Hold {
  const held = holdNextCall(kvPrototype, method);
  return {
    ...toHold(held),
    // From here: what made the call is gone.
    land: async () => {
      const args = held.args();
      if (args) await (Reflect.apply(kvPrototype[method], env.TOKENS, args) as Promise<unknown>);
    },
  };
}

/** Holds what seals an access token of Jira's, and nothing else that is sealed. */
export function holdSealing(): Hold {
  return holdSealingOf((bytes) => bytes > 0);
}

/** Holds the proof, made with no token, that the answer to a refresh could be sealed. */
export function holdProof(): Hold {
  return holdSealingOf((bytes) => bytes === 0);
}

function holdSealingOf(isMeant: (bytes: number) => boolean): Hold {
  const held = holdNextCall(crypto.subtle, "encrypt", (algorithm, _, text) => {
    const { additionalData } = algorithm as { additionalData: Uint8Array };
    const place = new TextDecoder().decode(additionalData);
    const isAccess = place.includes("access") && place.includes("jira");
    return isAccess && isMeant((text as Uint8Array).byteLength);
  });
  return toHold(held);
}

function toHold(held: ReturnType<typeof holdNextCall>): Hold {
  return {
    reached: async () => {
      await expect.poll(held.isHeld).toBe(true);
    },
    release: async () => held.release(),
    afterRestart: async () => undefined,
    land: async () => undefined,
  };
}
