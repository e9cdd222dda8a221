import { runDurableObjectAlarm } from "cloudflare:test";
import { DAY_SECONDS } from "../../journeys/clock.ts";
import { test } from "vitest";
import { judgeNow, judgeRace } from "./judge-race.ts";
import { openRace, type Race, useRaces } from "./open-race.ts";
import { type Decision, DECISIONS, type Leaves } from "./race-decisions.ts";
import type { Hold } from "./race-holds.ts";
import { type Work, WORKS } from "./race-works.ts";
import { restartRace } from "./restart-race.ts";
import { ringAlarms } from "../ring-alarms.ts";
import { watchArrivals } from "./watch-arrivals.ts";

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
  const arrived = watchArrivals();
  const working = begin().catch(() => "lost");
  if (!isStopped(work, decision)) await holds[0]?.reached();
  // An alarm publishes what is due, after the deletion that is held.
  else await (work.isAlarm ? arrived(working) : working);
  await restartRace(race, { holds, lost: [working, made] });
  // A consent that was stored since is the later decision.
  const isLater = decision.leaves === "disconnected" && work.connects === "before it is held";
  const leaves = isLater ? "dora" : decision.leaves;
  await goOn(race, decision, holds, leaves);
  await judgeRace(race, leaves);
});

/** Whether a stored decision leaves the work nothing to do. */
function isStopped(work: Work, { stored, leaves }: Decision): boolean {
  return stored !== undefined && (work.connects === undefined || leaves === "erased");
}

/**
 * The alarm rings, and a caller calls. What was stored holds by itself; what was cut off before, the
 * person does again. What KV got late lands at last.
 */
async function goOn(
  race: Race,
  decision: Decision,
  holds: readonly Hold[],
  leaves: Leaves = decision.leaves,
) {
  await runDurableObjectAlarm(race.keeper());
  await race.person.call("GET", "/connections/jira/token");
  if (decision.stored) await judgeNow(race, leaves);
  else await decision.make(race);
  for (const hold of holds) await hold.land();
  await ringAlarms(race.keeper(), DAY_SECONDS);
}
