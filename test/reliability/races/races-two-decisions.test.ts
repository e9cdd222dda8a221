import { test } from "vitest";
import { judgeRace } from "./judge-race.ts";
import { openRace, useRaces } from "./open-race.ts";
import { type Decision, DECISIONS, type Leaves } from "./race-decisions.ts";
import { watchArrivals } from "./watch-arrivals.ts";

useRaces();

const PAIRS = DECISIONS.flatMap((first) => DECISIONS.map((second) => ({ first, second })));

/** A reconnect that ends last is stored last; what was disconnected or erased meanwhile stays so. */
function leavesAfter(first: Decision, second: Decision): Leaves {
  if ([first.leaves, second.leaves].includes("erased")) return "erased";
  return first.stored || second.stored ? second.leaves : first.leaves;
}

test.each(PAIRS)("$first.name, and $second.name before it ends", async ({ first, second }) => {
  const race = await openRace();
  const hold = await first.hold();
  // Nobody is connected who was disconnected or erased meanwhile: they are told.
  const make = (decision: Decision) => decision.make(race).catch(() => "refused");
  const earlier = make(first);
  await hold.reached();
  const arrived = watchArrivals();
  const later = make(second);
  const isStopped = first.leaves === "erased";
  await ((!isStopped && second.stored?.(race)) || arrived(later));
  if (!second.stored) await later;
  await hold.release();
  await Promise.all([earlier, later]);
  await judgeRace(race, leavesAfter(first, second));
});
