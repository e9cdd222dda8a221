import { vi } from "vitest";
import { SEALING_KEY_1, SEALING_KEY_2 } from "../../worker-bindings.ts";
import type { Provider } from "../../emulator/emulator-protocol.ts";
import { deployKeys } from "../deploy-keys.ts";
import { fetchWithBindings } from "../../journeys/fetch-with-bindings.ts";
import { kvPrototype } from "../../journeys/kv-copy.ts";
import { type Browser, openBrowser } from "../../journeys/open-browser.ts";
import { sessionOf } from "../session-of.ts";

/** What the model knows of one connection. */
export interface Expected {
  /** Whose it is. `null`: there is none. */
  account: string | null;
  /** The person removed the app at the provider. */
  isRevoked: boolean;
  /** It was told that only a new consent helps. */
  isDead: boolean;
  /** The provider takes back access tokens before they end. */
  isRejected: boolean;
  /** Until then the newest token that anybody saw is good (ms): no outage may keep it back. */
  endsAt: number;
}

/** A person with a browser, and what should be true of their connections. */
export interface Person {
  readonly name: string;
  readonly browser: Browser;
  readonly expected: Record<Provider, Expected>;
  /** Their newest owner, also when it was forgotten. `null`: they never connected. */
  owner: string | null;
  /** Copies that KV once held: what a stale read gives. */
  readonly copies: { readonly key: string; readonly value: string; readonly metadata: unknown }[];
}

/** The real thing under test, with what was done to it. */
export interface World {
  readonly people: readonly Person[];
  isProviderDown: boolean;
  /** Until then a call may still be put off (ms). */
  calmAt: number;
  sealingKeys: string;
  /** Every owner there ever was: also those that were forgotten have alarms. */
  readonly owners: Set<string>;
  readonly brokenKv: { mockRestore(): void }[];
}

export const nothing = (): Expected => ({
  account: null,
  isRevoked: false,
  isDead: false,
  isRejected: false,
  endsAt: 0,
});

const KEYS = [
  SEALING_KEY_1,
  SEALING_KEY_2,
  btoa("CANARY-sealing-key-three-32-byte").replace(/=+$/, ""),
];

export async function createWorld(): Promise<World> {
  const world: World = {
    people: ["ann", "ben"].map((name) => createPerson(name, () => world.sealingKeys)),
    isProviderDown: false,
    calmAt: 0,
    sealingKeys: `k1:${KEYS[0]}`,
    owners: new Set(),
    brokenKv: [],
  };
  await deployKeys(world.sealingKeys);
  return world;
}

function createPerson(name: string, sealingKeys: () => string): Person {
  const fetchers = new Map<string, (request: Request) => Promise<Response>>();
  const fetch = (request: Request) => {
    const keys = sealingKeys();
    const fetcher = fetchers.get(keys) ?? fetchWithBindings({ SEALING_KEYS: keys });
    fetchers.set(keys, fetcher);
    return fetcher(request);
  };
  const expected = { bitbucket: nothing(), jira: nothing() };
  return { name, browser: openBrowser({ fetch }), expected, owner: null, copies: [] };
}

/** Puts a new key in front, as a deployment does. Objects learn of it when they start again. */
export async function rotateKeys(world: World): Promise<void> {
  const count = world.sealingKeys.split(",").length;
  if (count < KEYS.length) world.sealingKeys = `k${count + 1}:${KEYS[count]},${world.sealingKeys}`;
  await deployKeys(world.sealingKeys);
}

export function breakKvWrites(world: World): void {
  for (const method of ["put", "delete"] as const) {
    world.brokenKv.push(vi.spyOn(kvPrototype, method).mockRejectedValue(new Error("KV is down")));
  }
}

export function mendKvWrites(world: World): void {
  for (const broken of world.brokenKv.splice(0)) broken.mockRestore();
}

/** The owner whom a browser with a session belongs to. */
export async function ownerOf(world: World, { browser }: Person): Promise<string> {
  return (await sessionOf(browser, world.sealingKeys)).owner;
}
