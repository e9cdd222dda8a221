import { env } from "cloudflare:workers";
import { DAY_SECONDS } from "../../journeys/clock.ts";
import { expect } from "vitest";
import { judgeAnswers } from "./judge-answers.ts";
import { judgeTraffic } from "./judge-traffic.ts";
import type { Race } from "./open-race.ts";
import type { Leaves } from "./race-decisions.ts";
import { ringAlarm } from "../ring-alarms.ts";
import { NO_PLACE, placeTakenBy } from "../stored-in.ts";

/** What the person decided holds: at once, after every alarm, and until nothing is left of them. */
export async function judgeRace(race: Race, leaves: Leaves): Promise<void> {
  await judgeNow(race, leaves);
  while ((await ringAlarm(race.keeper(), DAY_SECONDS)) !== undefined) {
    await judgeNow(race, leaves);
  }
  await judgeCopy(race);
  while ((await ringAlarm(race.keeper())) !== undefined) {
    expect(await copiesOf(race)).toEqual([]);
  }
  expect(await placeTakenBy(race.keeper())).toEqual(NO_PLACE);
}

/** What the person decided holds now. */
export async function judgeNow(race: Race, leaves: Leaves): Promise<void> {
  await judgeRows(race, leaves);
  await judgeAnswers(race, leaves);
  await judgeTraffic(race);
  await judgeRows(race, leaves);
}

async function judgeRows(race: Race, leaves: Leaves): Promise<void> {
  const [owner, jira] = [await race.row("owner"), await race.row("connection:jira")];
  const copies = (await copiesOf(race)).map(({ name }) => name.split(":").pop());
  switch (leaves) {
    case "erased":
      expect([owner.state, jira.status, copies]).toEqual(["erased", undefined, []]);
      return;
    case "disconnected":
      expect([owner.state, jira.status]).toEqual(["live", "disconnected"]);
      expect(copies).not.toContain("jira");
      return;
    default:
      expect([owner.state, jira.status]).toEqual(["live", "connected"]);
  }
}

/** Once no alarm is due, KV has what the row has. */
async function judgeCopy(race: Race): Promise<void> {
  const { status, version } = await race.row("connection:jira");
  const copy = await env.TOKENS.get(race.key);
  const copied = copy === null ? null : (JSON.parse(copy) as { version: number }).version;
  expect(copied).toBe(status === "connected" ? version : null);
}

async function copiesOf({ key }: Race) {
  const prefix = key.slice(0, key.lastIndexOf(":"));
  return (await env.TOKENS.list({ prefix })).keys;
}
