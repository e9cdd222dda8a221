import { expect, test } from "vitest";
import { startLatchkey } from "../start-latchkey.ts";
import { MOMENTS } from "./moments.ts";
import { seededRandom } from "./seeded-random.ts";

const seed = Date.now() % 1_000_000;
console.log(`kill tests: --seed ${seed}`);

// They wait for alarms nearly all of the time.
test.concurrent.for(MOMENTS)(
  "the process is killed: $name",
  { timeout: 180_000 },
  async ({ run }) => {
    const latchkey = await startLatchkey();
    try {
      const { kills, connections, lost } = await run(latchkey, seededRandom(seed));
      expect(lost).toEqual([]);
      expect(kills).toBeGreaterThan(0);
      expect(connections).toBeGreaterThan(0);
    } finally {
      await latchkey.stop();
    }
  },
);
