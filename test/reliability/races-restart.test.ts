import { runDurableObjectAlarm } from "cloudflare:test";
import { test } from "vitest";
import { judgeRace } from "./judge-race.ts";
import { openRace, type Race, useRaces } from "./open-race.ts";
import { type Decision, DECISIONS } from "./race-decisions.ts";
import type { Hold } from "./race-holds.ts";
import { type Work, WORKS } from "./race-works.ts";
import { restartRace } from "./restart-race.ts";
import { ringAlarms } from "./ring-alarms.ts";

const DAY_SECONDS = 86_400;

useRaces();

const PAIRS = WORKS.flatMap((work) => DECISIONS.map((decision) => ({ work, decision })));

test.each(PAIRS)("$work.name, then $decision.name, then a restart", async ({ work, decision }) => {
  const race = await openRace();
  const begin = await work.prepare(race);
  const holds = [await work.hold(), await decision.hold()];
  const working = begin().catch(() => "lost");
  await holds[0]?.reached();
  const made = decision.make(race).catch(() => "lost");
  await (decision.stored?.(race) ?? holds[1]?.reached());
  await restartRace(race, { holds, lost: [working, made] });
  await goOn(race, decision, holds);
  await judgeRace(race, decision.leaves);
});

test.each(PAIRS)("$decision.name, then $work.name, then a restart", async ({ work, decision }) => {
  const race = await openRace();
  const begin = await work.prepare(race);
  const holds = [await work.hold(), await decision.hold()];
  const made = decision.make(race).catch(() => "lost");
  await (decision.stored?.(race) ?? holds[1]?.reached());
  const working = begin().catch(() => "lost");
  if (!isStopped(work, decision)) await holds[0]?.reached();
  // An alarm publishes what is due, after the deletion that is held.
  else await (work.isAlarm ? race.row("owner") : working);
  await restartRace(race, { holds, lost: [working, made] });
  await goOn(race, decision, holds);
  await judgeRace(race, decision.leaves);
});

/** Whether a stored decision leaves the work nothing to do. */
function isStopped(work: Work, { stored, leaves }: Decision): boolean {
  return stored !== undefined && (work.connects === undefined || leaves === "erased");
}

/** The alarm rings, a caller calls, and the person makes sure. What KV got late lands at last. */
async function goOn(race: Race, decision: Decision, holds: readonly Hold[]) {
  await runDurableObjectAlarm(race.keeper());
  await race.person.call("GET", "/connections/jira/token");
  await decision.make(race);
  for (const hold of holds) {
    // oxlint-disable-next-line no-await-in-loop
    await hold.land();
  }
  // oxlint-disable-next-line no-await-in-loop
  await ringAlarms(race.keeper(), DAY_SECONDS);
}
