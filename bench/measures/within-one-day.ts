import { Fault } from "../../scripts/dev/fault.ts";
import { utcDay } from "../../src/shared/time.ts";

/**
 * What was measured, unless a UTC day ended meanwhile: then a `Fault`. The first call of a day asks
 * the owner's object, so times from both sides of midnight say nothing.
 */
export async function withinOneDay<Measured>(measure: () => Promise<Measured>): Promise<Measured> {
  const day = utcDay(Date.now());
  const measured = await measure();
  if (utcDay(Date.now()) !== day) {
    throw new Fault("a day ended (UTC) while calls were timed: take the run once more");
  }
  return measured;
}
