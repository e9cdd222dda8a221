import { expect, test } from "vitest";
import { judgeToken } from "./judge-answers.ts";
import { judgeRace } from "./judge-race.ts";
import { openRace, useRaces } from "./open-race.ts";
import { type Decision, DECISIONS, type Leaves } from "./race-decisions.ts";
import { type Work, WORKS } from "./race-works.ts";

useRaces();

const PAIRS = WORKS.flatMap((work) => DECISIONS.map((decision) => ({ work, decision })));

/** A consent that is stored after the decision is the later one; nothing revives what is gone. */
function leavesAfter(work: Work, { leaves, stored }: Decision): Leaves {
  return work.connects === "when it ends" && !stored ? "dora" : leaves;
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
  const [answer] = await Promise.all([working, made]);

  const leaves = leavesAfter(work, decision);
  if (isLate && answer instanceof Response) await judgeLate(answer, work, leaves);
  await judgeRace(race, leaves);
});

/** Whoever waited is told what holds now. */
async function judgeLate(answer: Response, work: Work, leaves: Leaves): Promise<void> {
  if (!work.connects) return judgeToken(answer, leaves);
  const isGone = leaves === "erased" || leaves === "disconnected";
  expect(answer.status).toBe(isGone ? 400 : 303);
}
