import { expect, test } from "vitest";
import { judgeRace } from "./judge-race.ts";
import { emulator } from "../../journeys/journey-emulator.ts";
import { type Browser, openBrowser } from "../../journeys/open-browser.ts";
import { openRace, useRaces } from "./open-race.ts";
import { holdRequest } from "./race-holds.ts";
import { EXCHANGES } from "../../emulator/token-requests.ts";

useRaces();

const ORDERS = [
  ["bob", "dora"],
  ["dora", "bob"],
] as const;

/** A consent on its way; the callback is held until it is let go on. */
async function holdCallback(browser: Browser, account: string) {
  const callback = await browser.consent(await browser.start("jira"), { account });
  const hold = await holdRequest({ ...EXCHANGES, account });
  const arrival = browser.arrive(callback);
  await hold.reached();
  return async () => {
    await hold.release();
    return arrival;
  };
}

test.each(ORDERS)("two callbacks of a browser at once: %s, then %s", async (first, last) => {
  const race = await openRace();
  const end = {
    bob: await holdCallback(race.person, "bob"),
    dora: await holdCallback(race.person, "dora"),
  };
  expect((await end[first]()).status).toBe(303);
  expect((await end[last]()).status).toBe(303);
  await judgeRace(race, last);
});

test.each(ORDERS)(
  "two callbacks of two browsers of one owner: %s, then %s",
  async (first, last) => {
    const race = await openRace();
    const other = openBrowser({ cookies: new Map(race.person.cookies) });
    const end = {
      bob: await holdCallback(race.person, "bob"),
      dora: await holdCallback(other, "dora"),
    };
    expect((await end[first]()).status).toBe(303);
    expect((await end[last]()).status).toBe(303);
    await judgeRace({ ...race, cookies: new Map(other.cookies) }, last);
  },
);

test.each([
  ["bitbucket", "jira"],
  ["jira", "bitbucket"],
] as const)("two callbacks for two providers at once: %s, then %s", async (...order) => {
  const race = await openRace();
  const { person } = race;
  const start = async (provider: "bitbucket" | "jira", account: string) => {
    const callback = await person.consent(await person.start(provider), { account });
    const hold = await holdRequest({ ...EXCHANGES, provider });
    const arrival = person.arrive(callback);
    await hold.reached();
    return { hold, arrival };
  };
  const flows = {
    bitbucket: await start("bitbucket", "alice"),
    jira: await start("jira", "bob"),
  };
  for (const provider of order) {
    await flows[provider].hold.release();
    expect((await flows[provider].arrival).status).toBe(303);
  }
  await judgeRace(race, "bob");
});

test("a flow that was started before an erasure leads nowhere, in any browser", async () => {
  const race = await openRace();
  const callback = await race.person.consent(await race.person.start("jira"), { account: "dora" });
  const stale = openBrowser({ cookies: new Map(race.person.cookies) });
  await race.person.call("DELETE", "/session");
  expect((await stale.arrive(callback)).status).toBe(400);
  expect(await emulator.requests({ ...EXCHANGES, account: "dora" })).toEqual([]);
  await judgeRace(race, "erased");
});

test("a flow that was started before a disconnect and comes after it is the later decision", async () => {
  const race = await openRace();
  const callback = await race.person.consent(await race.person.start("jira"), { account: "dora" });
  await race.person.call("DELETE", "/connections/jira");
  expect((await race.person.arrive(callback)).status).toBe(303);
  await judgeRace(race, "dora");
});

test("a disconnect wins over a callback in flight, also when a connect came after it", async () => {
  const race = await openRace();
  const end = await holdCallback(race.person, "dora");
  await race.person.call("DELETE", "/connections/jira");
  await race.person.connect("jira", { account: "bob" });
  expect((await end()).status).toBe(400);
  await judgeRace(race, "bob");
});
