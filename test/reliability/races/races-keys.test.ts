import { expect, test } from "vitest";
import { DAY_SECONDS } from "../../journeys/clock.ts";
import { decodeEnvelope } from "../../../src/vault/envelope.ts";
import { judgeRace } from "./judge-race.ts";
import { openRace, type Race, useRaces } from "./open-race.ts";
import { WORKS } from "./race-works.ts";
import { restartRace } from "./restart-race.ts";
import { restartWithNewKey } from "./restart-with-new-key.ts";
import { ringAlarm } from "../ring-alarms.ts";

useRaces();

async function sealingKey({ row }: Race): Promise<string | undefined> {
  return decodeEnvelope((await row("connection:jira")).access ?? "")?.keyId;
}

test.each(WORKS)("$name, cut off by a deployment with a new key", async (work) => {
  const race = await openRace();
  const begin = await work.prepare(race);
  const hold = await work.hold();
  const lost = begin().catch(() => "lost");
  await hold.reached();
  await restartRace(race, { holds: [hold], lost: [lost] }, () => restartWithNewKey());
  // What was stored and not published is published by the alarm.
  await ringAlarm(race.keeper(), DAY_SECONDS);
  await judgeRace(race, work.connects === "before it is held" ? "dora" : "alice");
});

test.each(WORKS)("$name, just after a deployment with a new key", async (work) => {
  const race = await openRace();
  await restartWithNewKey();
  const begin = await work.prepare(race);
  await begin();
  await expect.poll(() => sealingKey(race)).toBe("k2");
  await judgeRace(race, work.connects ? "dora" : "alice");
});
