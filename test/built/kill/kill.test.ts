import { expect, test } from "vitest";
import { startLatchkey } from "../start-latchkey.ts";
import { MOMENTS } from "./moments.ts";
import { seededRandom } from "./seeded-random.ts";

// The first rounds of `npm run test:kill` with this seed draw the same numbers, each for the same
// moment. How fast the machine is besides is not replayed.
const seed = Date.now() % 1_000_000;
console.log(`kill tests: --seed ${seed}`);

// They wait for alarms nearly all of the time.
test.concurrent.for(MOMENTS.map((moment, index) => ({ ...moment, ownSeed: seed + index })))(
  "the process is killed: $name",
  { timeout: 180_000 },
  async ({ run, ownSeed }) => {
    const latchkey = await startLatchkey();
    try {
      const { kills, connections, lost } = await run(latchkey, seededRandom(ownSeed));
      expect(lost).toEqual([]);
      expect(kills).toBeGreaterThan(0);
      expect(connections).toBeGreaterThan(0);
    } finally {
      await latchkey.stop();
    }
  },
);
