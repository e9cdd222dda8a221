import { test } from "vitest";
import { judgeRace } from "./judge-race.ts";
import { openRace, useRaces } from "./open-race.ts";
import { DECISIONS } from "./race-decisions.ts";
import { WORKS } from "./race-works.ts";
import { watchArrivals } from "./watch-arrivals.ts";

useRaces();

const PAIRS = WORKS.flatMap((work) => DECISIONS.map((decision) => ({ work, decision })));

test.each(PAIRS)("$decision.name, and $work.name before it ends", async ({ work, decision }) => {
  const race = await openRace();
  const begin = await work.prepare(race);
  const hold = await decision.hold();
  const made = decision.make(race);
  await hold.reached();
  const arrived = watchArrivals();
  const working = begin();
  // An alarm publishes what is due, after the deletion that is held.
  await (work.isAlarm && decision.stored ? arrived(working) : working);
  await hold.release();
  await Promise.all([working, made]);

  // A consent that comes when the disconnect is stored is the later decision.
  const isLater = work.connects && decision.leaves === "disconnected";
  await judgeRace(race, isLater ? "dora" : decision.leaves);
});
