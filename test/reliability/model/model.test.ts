// Whatever happens in whatever order, compared with a model that is too simple to be wrong.
import { reset } from "cloudflare:test";
import * as fc from "fast-check";
import { afterEach, expect, test, vi } from "vitest";
import { useMovableClock } from "../../journeys/clock.ts";
import { refreshEmulator } from "../../journeys/journey-emulator.ts";
import { anyLife, bringProviderUp, type Command, runCommand } from "./model-commands.ts";
import { judgeInTheEnd } from "./model-judge.ts";
import { createWorld, mendKvWrites } from "./model-world.ts";

useMovableClock();
afterEach(() => void vi.restoreAllMocks());

const SEQUENCES = 1_000;
/** A failure names its seed and path: put them here to see it again. */
const REPEAT: { seed?: number; path?: string } = {};

async function live(commands: readonly Command[]): Promise<void> {
  vi.useRealTimers();
  await reset();
  await refreshEmulator();
  const world = await createWorld();
  try {
    for (const command of commands) await runCommand(world, command);
  } finally {
    mendKvWrites(world);
  }
  await bringProviderUp(world);
  await judgeInTheEnd(world);
}

test(`${SEQUENCES} sequences of whatever can happen leave nobody with less than they should have`, async () => {
  const seed = REPEAT.seed ?? Date.now() % 2 ** 31;
  console.log(`model: ${SEQUENCES} sequences from seed ${seed}`);
  const property = fc.asyncProperty(anyLife, live);
  await expect(
    fc.assert(property, { numRuns: SEQUENCES, ...REPEAT, seed, endOnFailure: true }),
  ).resolves.toBeUndefined();
}, 1_200_000);
