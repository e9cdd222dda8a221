import { env } from "cloudflare:workers";
import { expect } from "vitest";
import type { RequestMatch } from "../emulator/emulator-protocol.ts";
import { holdNextCall } from "./hold-next-call.ts";
import { emulator } from "./journey-emulator.ts";

/** Something on its way that stands still. */
export interface Hold {
  /** Waits until it stands still. Never by a promise of the object's own: that may be aborted. */
  reached(): Promise<unknown>;
  release(): Promise<unknown>;
}

export const REFRESHES = { endpoint: "token", grantType: "refresh_token" } as const;
export const EXCHANGES = { endpoint: "token", grantType: "authorization_code" } as const;

export const kvPrototype = Object.getPrototypeOf(env.TOKENS) as KVNamespace;

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
  };
}

export function holdKv(method: "get" | "put" | "delete"): Promise<Hold> {
  return holdCall(kvPrototype, method);
}

/** Holds what seals a token of Jira's, and nothing else that is sealed. */
export function holdSealing(): Promise<Hold> {
  return holdCall(crypto.subtle, "encrypt", (algorithm) => {
    const { additionalData } = algorithm as { additionalData: Uint8Array };
    return new TextDecoder().decode(additionalData).includes("jira");
  });
}

async function holdCall(
  target: object,
  method: string,
  isMeant?: (...args: unknown[]) => boolean,
): Promise<Hold> {
  const held = holdNextCall(target, method, isMeant);
  return {
    reached: () => expect.poll(held.isHeld).toBe(true),
    release: async () => held.release(),
  };
}
