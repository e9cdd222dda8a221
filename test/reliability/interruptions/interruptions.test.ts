// An object is stopped at everything it waits for, one after the other, and its instance ends
// there. What it waits for is found by watching it: a wait that is added is tested by itself.
import {
  abortAllDurableObjects,
  evictDurableObject,
  reset,
  runInDurableObject,
} from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, expect, test, vi } from "vitest";
import { SEALING_KEY_1 } from "../../worker-bindings.ts";
import { type AwaitPoints, type Side, watchAwaits } from "./await-points.ts";
import { useMovableClock } from "../../journeys/clock.ts";
import { deployKeys } from "../deploy-keys.ts";
import { type Play, SCENES } from "./interruption-scenes.ts";
import { refreshEmulator } from "../../journeys/journey-emulator.ts";

useMovableClock();
afterEach(() => void vi.restoreAllMocks());

/** `evicted`: the instance ends as soon as it has done what it was at. */
type Way = Side | "evicted";

test.each(Object.entries(SCENES))(
  "%s loses nothing, wherever it is interrupted",
  async (_, lead) => {
    const points = watchAwaits(await anyStorage());
    const failures: string[] = [];
    const found = new Set<string>();
    let waits: readonly string[] = [];
    async function play(index: number, way: Way): Promise<boolean> {
      const scene = await stage(lead);
      const isInterrupted = await interrupt(points, scene, index, way);
      const name = points.found[index]?.name ?? "nothing";
      for (const point of points.found) found.add(point.name);
      waits = scene.waits;
      await scene.judge(env.TOKEN_KEEPER.getByName(scene.owner)).catch((error: unknown) => {
        failures.push(`${way} ${name} (wait ${index}): ${String(error)}`);
      });
      return isInterrupted;
    }

    let index = 0;
    while (await play(index, "evicted")) {
      for (const side of points.found[index]?.sides ?? []) await play(index, side);
      index += 1;
    }
    expect(failures).toEqual([]);
    // A spy that matches nothing any more is seen.
    expect([...found]).toEqual(expect.arrayContaining([...waits]));
  },
  300_000,
);

/** Everything as it was at first, up to what is to be interrupted. */
async function stage(lead: () => Promise<Play>): Promise<Play> {
  vi.useRealTimers();
  await reset();
  await deployKeys(`k1:${SEALING_KEY_1}`);
  await refreshEmulator();
  return lead();
}

/** Whether there is a wait of this number. */
async function interrupt(
  points: AwaitPoints,
  play: Play,
  index: number,
  way: Way,
): Promise<boolean> {
  const keeper = env.TOKEN_KEEPER.getByName(play.owner);
  let hasEnded = false;
  points.stopAt({ index, side: way === "evicted" ? "any" : way });
  const ended = play
    .run(keeper)
    // Eviction waits for what is done behind the answer.
    .then(() => evictDurableObject(keeper))
    .catch(() => undefined)
    .then(() => (hasEnded = true));
  await expect.poll(() => points.isStopped() || hasEnded, { interval: 1 }).toBe(true);
  const isStopped = points.isStopped();
  if (isStopped && way !== "evicted") await abortAllDurableObjects();
  else points.release();
  await ended;
  points.forget();
  return isStopped;
}

function anyStorage(): Promise<DurableObjectStorage> {
  return runInDurableObject(env.TOKEN_KEEPER.getByName("any"), (_, { storage }) => storage);
}
