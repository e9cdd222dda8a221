import { expect, test, vi } from "vitest";
import { judgeRace } from "./judge-race.ts";
import { openRace, useRaces } from "./open-race.ts";

useRaces();

/** Lets the next calls at an object be let in at the same instant: who they are is known for all. */
function gatherCallers(count: number): void {
  const { digest } = crypto.subtle;
  let waiting = 0;
  let letIn: () => void = () => undefined;
  const gathered = new Promise<void>((resolve) => {
    letIn = resolve;
  });
  vi.spyOn(crypto.subtle, "digest").mockImplementation(async (...args) => {
    const hash = await digest.apply(crypto.subtle, args);
    waiting += 1;
    if (waiting === count) letIn();
    await gathered;
    return hash;
  });
}

const FORGET = "/session";

test.each([
  ["forget me, then a disconnect", [FORGET, "/connections/jira"]],
  ["a disconnect, then forget me", ["/connections/jira", FORGET]],
  ["forget me, twice", [FORGET, FORGET]],
])("let in at the same instant: %s", async (_, paths) => {
  const race = await openRace();
  gatherCallers(paths.length);
  const answers = await Promise.all(paths.map((path) => race.person.call("DELETE", path)));
  expect(answers.map(({ status }) => status)).toEqual([200, 200]);
  vi.restoreAllMocks();
  await judgeRace(race, "erased");
});
