import { expect, test, vi } from "vitest";
import { judgeRace } from "./judge-race.ts";
import { openRace, useRaces } from "./open-race.ts";

useRaces();

/** Lets two callers of an object in at the same instant, in the order in which they came. */
function gatherTwo(): { readonly waiting: () => number } {
  const { digest } = crypto.subtle;
  let waiting = 0;
  const { promise: both, resolve: letIn } = Promise.withResolvers<void>();
  // The object hashes a session id to know whose call it is.
  vi.spyOn(crypto.subtle, "digest").mockImplementation(async (...args) => {
    const hash = await digest.apply(crypto.subtle, args);
    waiting += 1;
    if (waiting === 2) letIn();
    await both;
    return hash;
  });
  return { waiting: () => waiting };
}

const FORGET = "/session";
const DISCONNECT = "/connections/jira";

test.each([
  ["forget me, then a disconnect", FORGET, DISCONNECT],
  ["a disconnect, then forget me", DISCONNECT, FORGET],
  ["forget me, twice", FORGET, FORGET],
])("let in at the same instant: %s", async (_, first, second) => {
  const race = await openRace();
  const callers = gatherTwo();
  const earlier = race.person.call("DELETE", first);
  await expect.poll(callers.waiting).toBe(1);
  const later = race.person.call("DELETE", second);
  expect([(await earlier).status, (await later).status]).toEqual([200, 200]);
  vi.restoreAllMocks();
  await judgeRace(race, "erased");
});
