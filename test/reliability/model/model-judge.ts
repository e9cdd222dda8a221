import { env } from "cloudflare:workers";
import { expect } from "vitest";
import { advanceClock } from "../../journeys/clock.ts";
import { type Provider, PROVIDERS } from "../../emulator/emulator-protocol.ts";
import { emulator } from "../../journeys/journey-emulator.ts";
import { type Expected, ownerOf, type Person, type World } from "./model-world.ts";
import { ringAlarms } from "../ring-alarms.ts";
import { REFRESHES } from "../../emulator/token-requests.ts";

/** Asks for a token, and fails when the answer is none that this person may get now. */
export async function readAndJudge(
  world: World,
  person: Person,
  provider: Provider,
): Promise<string | undefined> {
  const before = { ...person.expected[provider] };
  const answer = await person.browser.call("GET", `/connections/${provider}/token`);
  const body = await answer.json<{ code?: string; access_token?: string; expires_in?: number }>();
  const { code = "token", access_token: token = "", expires_in: seconds = 0 } = body;
  const what = `${person.name}, ${provider}: ${code}, expected ${JSON.stringify(before)}`;
  if (!allowed(world, before).includes(code)) throw new Error(what);
  if (code === "reconnect_required") person.expected[provider].isDead = true;
  if (code !== "token") return undefined;
  noteToken(person.expected[provider], seconds);
  const { account, isRevoked, isRejected } = before;
  const alive = isRevoked || isRejected ? {} : { alive: true };
  const owner = await emulator.whose(token);
  expect({ what, ...owner }).toMatchObject({ provider, account, ...alive });
  return token;
}

/** Several callers may come back in any order. */
function noteToken(expected: Expected, seconds: number): void {
  expected.endsAt = Math.max(expected.endsAt, Date.now() + seconds * 1_000);
}

function allowed(world: World, { account, isDead, isRevoked, endsAt }: Expected) {
  if (account === null) return ["not_connected"];
  if (isDead) return ["reconnect_required"];
  const isCalm = !world.isProviderDown && Date.now() >= world.calmAt;
  return [
    "token",
    ...(isRevoked ? ["reconnect_required"] : []),
    ...(isCalm || Date.now() < endsAt ? [] : ["provider_unavailable"]),
  ];
}

/** Once everything is in order again: what is alive works, and what was deleted stays deleted. */
export async function judgeInTheEnd(world: World): Promise<void> {
  await settle(world);
  const records: string[] = [];
  for (const person of world.people) {
    for (const provider of PROVIDERS) {
      const { account, isRevoked } = person.expected[provider];
      const token = await readAndJudge(world, person, provider);
      expect(token !== undefined).toBe(account !== null && !isRevoked);
      if (token === undefined) continue;
      records.push(`connection:${await ownerOf(world, person)}:${provider}`);
    }
  }
  await settle(world);
  const { keys } = await env.TOKENS.list();
  expect(keys.map(({ name }) => name).toSorted()).toEqual(records.toSorted());
  await judgeRefreshes();
}

/** Every token has ended, and every alarm that is due has rung. */
async function settle(world: World): Promise<void> {
  await advanceClock(7_200);
  await ringAllAlarms(world, 900);
}

export async function ringAllAlarms({ owners }: World, seconds: number): Promise<void> {
  const end = Date.now() + seconds * 1_000;
  for (const owner of owners) {
    const keeper = env.TOKEN_KEEPER.getByName(owner);
    await ringAlarms(keeper, Math.max(0, end - Date.now()) / 1_000);
  }
}

/**
 * A refresh token whose answer reached us is spent, and nobody sends it again; nor are two refreshes
 * of one grant ever under way at once.
 */
async function judgeRefreshes(): Promise<void> {
  const spent = new Set<unknown>();
  const spentTwice: unknown[] = [];
  for (const { sequence, body, status, aborted } of await emulator.requests(REFRESHES)) {
    const token = body["refresh_token"];
    if (spent.has(token)) spentTwice.push(sequence);
    if (status === 200 && !aborted) spent.add(token);
  }
  expect(spentTwice).toEqual([]);
  for (const { mostAtOnce } of await emulator.grants()) expect(mostAtOnce).toBeLessThanOrEqual(1);
}
