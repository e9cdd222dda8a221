import { abortAllDurableObjects } from "cloudflare:test";
import { env } from "cloudflare:workers";
import * as fc from "fast-check";
import { advanceClock, DAY_SECONDS, MINUTE_SECONDS } from "../../journeys/clock.ts";
import { type Provider, PROVIDERS } from "../../emulator/emulator-protocol.ts";
import { emulator } from "../../journeys/journey-emulator.ts";
import {
  breakKvWrites,
  mendKvWrites,
  nothing,
  ownerOf,
  type Person,
  rotateKeys,
  type World,
} from "./model-world.ts";
import { readAndJudge, ringAllAlarms } from "./model-judge.ts";
import { forceRefresh } from "../../journeys/read-token.ts";
import { LIFETIME_SECONDS } from "../lifetime-seconds.ts";
import { ringAlarms } from "../ring-alarms.ts";
import { sessionOf } from "../session-of.ts";
import { until } from "../until.ts";
import { REFRESHES } from "../../emulator/token-requests.ts";

/** Something that happens, with whom and what it happens to. */
export interface Command {
  readonly name: keyof typeof COMMANDS;
  readonly who: number;
  readonly provider: Provider;
  /** Which of several: of their accounts, of the old copies. */
  readonly choice: number;
  /** How many callers, how long, which kind of outage. */
  readonly size: number;
}

type Run = (world: World, person: Person, command: Command) => Promise<unknown>;

const CUT_OFF = { ...REFRESHES, aborted: true } as const;
const OUTAGES = [
  { status: 503, body: "<h1>Down</h1>" },
  { status: 429, headers: { "Retry-After": "20" } },
  { reset: true },
] as const;

const COMMANDS = {
  async connect(world, person, { provider, choice }) {
    const name = `${person.name}-${choice}`;
    const endsAt = Date.now() + LIFETIME_SECONDS[provider] * 1_000;
    const end = await person.browser.connect(provider, { account: name });
    const outcome = end.searchParams.get("outcome");
    if (outcome !== "connected") {
      if (!world.isProviderDown) throw new Error(`a connect ended as ${outcome}`);
      return;
    }
    person.expected[provider] = { ...nothing(), account: name, endsAt };
    const { owner, versions } = await sessionOf(person.browser, world.sealingKeys);
    person.owner = owner;
    world.owners.add(owner);
    if (world.brokenKv.length === 0) await publication(keyOf(person, provider), versions[provider]);
    await remember(person);
  },
  async read(world, person, { provider, size }) {
    await Promise.all(Array.from({ length: size }, () => readAndJudge(world, person, provider)));
  },
  /** The provider takes an access token back early; the front-end notices, and asks for another. */
  async reject(world, person, { provider }) {
    const expected = person.expected[provider];
    const token = await readAndJudge(world, person, provider);
    if (token === undefined) return;
    await remember(person);
    await emulator.expireAccessTokens({ provider, account: expected.account ?? "" });
    expected.isRejected = true;
    const forced = await forceRefresh(person.browser, provider, token);
    if (forced.status === 200) {
      // At most once a minute: the token that was rejected may be given again.
      if ((await tokenIn(forced)) !== token) expected.isRejected = false;
    } else if (forced.status === 401 && expected.isRevoked) {
      expected.isDead = true;
    } else {
      throw new Error(`a forced refresh answered ${forced.status}`);
    }
  },
  expire: (_, __, { provider }) => advanceClock(LIFETIME_SECONDS[provider]),
  wait: (_, __, { size }) => advanceClock(size * 7),
  nextDay: () => advanceClock(DAY_SECONDS),
  async revoke(_, person, { provider }) {
    const { account } = person.expected[provider];
    if (account === null) return;
    await emulator.revokeGrants({ provider, account });
    person.expected[provider].isRevoked = true;
  },
  async disconnect(_, { browser, expected }, { provider }) {
    const { status } = await browser.call("DELETE", `/connections/${provider}`);
    if (status !== 200) throw new Error(`a disconnect answered ${status}`);
    expected[provider] = nothing();
  },
  async forget(_, { browser, expected }) {
    const { status } = await browser.call("DELETE", "/session");
    if (status !== 200) throw new Error(`forget me answered ${status}`);
    for (const provider of PROVIDERS) expected[provider] = nothing();
  },
  restart: () => abortAllDurableObjects(),
  /** The process dies between the provider's answer and us; then nobody does anything. */
  async crash(world, person, { provider }) {
    const { account, isDead, isRevoked } = person.expected[provider];
    if (world.isProviderDown || account === null || isDead || isRevoked) return;
    await advanceClock(LIFETIME_SECONDS[provider]);
    if (Date.now() < world.calmAt) return;
    await emulator.fault({ ...REFRESHES, provider, account, phase: "after", hold: "crash" });
    const sent = (await emulator.requests(REFRESHES)).length;
    const lost = person.browser.call("GET", `/connections/${provider}/token`).catch(() => "lost");
    await emulator.waitForRequests(REFRESHES, sent + 1);
    const cutOff = (await emulator.requests(CUT_OFF)).length;
    await abortAllDurableObjects();
    await lost;
    await emulator.waitForRequests(CUT_OFF, cutOff + 1);
    await emulator.release("crash");
    await ringAlarms(env.TOKEN_KEEPER.getByName(await ownerOf(world, person)), MINUTE_SECONDS);
  },
  async providerDown(world, _, { size }) {
    if (world.isProviderDown) return;
    world.isProviderDown = true;
    const outage = OUTAGES[size % OUTAGES.length] ?? OUTAGES[0];
    await emulator.fault({ endpoint: "token", times: "always", ...outage });
  },
  providerUp: (world) => bringProviderUp(world),
  kvDown: async (world) => breakKvWrites(world),
  kvUp: async (world) => mendKvWrites(world),
  /** KV shows this place what it held a while ago. */
  async stale(world, person, { provider, choice }) {
    const copies = copiesOf(person, provider);
    const copy = copies[choice % Math.max(1, copies.length)];
    if (!copy || world.brokenKv.length > 0) return;
    await env.TOKENS.put(copy.key, copy.value, { metadata: copy.metadata });
    await readAndJudge(world, person, provider);
    const { account, isRevoked } = person.expected[provider];
    // What nobody writes any more nobody deletes: it was only this place that saw it.
    if (account === null || isRevoked) await env.TOKENS.delete(copy.key);
  },
  alarms: (world) => ringAllAlarms(world, MINUTE_SECONDS),
  async rotateKeys(world) {
    await rotateKeys(world);
    await abortAllDurableObjects();
  },
} as const satisfies Record<string, Run>;

/** The provider works again; what was put off has a minute to come. */
export async function bringProviderUp(world: World): Promise<void> {
  if (!world.isProviderDown) return;
  world.isProviderDown = false;
  world.calmAt = Date.now() + MINUTE_SECONDS * 1_000;
  await emulator.clearFaults();
}

export function runCommand(world: World, command: Command): Promise<unknown> {
  const run: Run = COMMANDS[command.name];
  const { person, provider } = pick(world, command);
  return run(world, person, { ...command, provider });
}

const isConnected = ({ expected }: Person, provider: Provider) =>
  expected[provider].account !== null;

/** What leads nowhere without something that is there. */
const WITH_WHAT_IS_THERE: Partial<
  Record<Command["name"], (person: Person, provider: Provider) => boolean>
> = {
  reject: isConnected,
  revoke: isConnected,
  crash: isConnected,
  disconnect: isConnected,
  forget: isConnected,
  stale: (person, provider) => copiesOf(person, provider).length > 0,
};

/** With whom and what: as the command says, or else where it leads somewhere. */
function pick({ people }: World, { name, who, provider }: Command) {
  const pairs = [...people.slice(who), ...people.slice(0, who)].flatMap((person) =>
    [provider, ...PROVIDERS].map((each) => ({ person, provider: each })),
  );
  const isThere = WITH_WHAT_IS_THERE[name] ?? (() => true);
  const picked = pairs.find((pair) => isThere(pair.person, pair.provider)) ?? pairs[0];
  if (!picked) throw new Error("there is nobody");
  return picked;
}

function keyOf({ owner }: Person, provider: Provider): string {
  return `connection:${owner}:${provider}`;
}

function copiesOf(person: Person, provider: Provider): Person["copies"] {
  return person.copies.filter(({ key }) => key === keyOf(person, provider));
}

function publication(key: string, version: number): Promise<void> {
  return until(
    async () => ((await env.TOKENS.get<{ version: number }>(key, "json"))?.version ?? 0) >= version,
  );
}

async function remember({ copies, owner }: Person): Promise<void> {
  const { keys } = await env.TOKENS.list({ prefix: `connection:${owner}:` });
  for (const { name: key, metadata } of keys) {
    const value = await env.TOKENS.get(key);
    if (value !== null) copies.push({ key, value, metadata });
  }
}

async function tokenIn(answer: Response): Promise<string> {
  const { access_token: token } = await answer.json<{ access_token: string }>();
  return token;
}

const NAMES = Object.keys(COMMANDS) as Command["name"][];
/** What leads somewhere comes more often. */
const OFTEN: readonly Command["name"][] = [
  "connect",
  "connect",
  "read",
  "read",
  "expire",
  "expire",
];

const any = (...names: readonly Command["name"][]): fc.Arbitrary<Command> =>
  fc.record({
    name: fc.constantFrom(...names),
    who: fc.nat({ max: 1 }),
    provider: fc.constantFrom(...PROVIDERS),
    choice: fc.nat({ max: 1 }),
    size: fc.integer({ min: 1, max: 5 }),
  });

/** Somebody connects; then anything happens. */
export const anyLife: fc.Arbitrary<readonly Command[]> = fc
  .tuple(any("connect"), fc.array(any(...NAMES, ...OFTEN), { minLength: 3, maxLength: 13 }))
  .map(([first, rest]) => [first, ...rest]);
