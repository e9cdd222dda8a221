import { expect, test } from "vitest";
import { judgeToken } from "./judge-answers.ts";
import { judgeRace } from "./judge-race.ts";
import { openRace, useRaces } from "./open-race.ts";
import { type Decision, DECISIONS } from "./race-decisions.ts";
import { type Work, WORKS } from "./race-works.ts";

useRaces();

const PAIRS = WORKS.flatMap((work) => DECISIONS.map((decision) => ({ work, decision })));

/** A consent that is stored after the decision is the later one; nothing revives who was erased. */
function leavesAfter({ leaves }: Decision, isStoredLater: boolean) {
  return isStoredLater && leaves !== "erased" ? "dora" : leaves;
}

test.each(PAIRS)("$work.name, then $decision.name", async ({ work, decision }) => {
  const race = await openRace();
  const begin = await work.prepare(race);
  const hold = await work.hold();
  let isAnswered = false;
  const working = begin().finally(() => (isAnswered = true));
  await hold.reached();
  const made = decision.make(race);
  await ((work.holdsUpDeletes && decision.stored?.(race)) || made);
  const isLate = !isAnswered;
  await hold.release();
  const [late] = await Promise.all([working, made]);

  const wins = work.connects === "when it ends" && decision.leaves !== "disconnected";
  const leaves = leavesAfter(decision, wins);
  if (isLate && late instanceof Response && !work.connects) await judgeToken(late, leaves);
  await judgeRace(race, leaves);
});
