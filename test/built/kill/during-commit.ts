import { setTimeout as delay } from "node:timers/promises";

/** About what the commit of several answers takes. */
const MOST_COMMIT_MS = 100;

/** Resolves somewhere in what follows the provider's answers. */
export function duringCommit(random: () => number): Promise<void> {
  return delay(random() * MOST_COMMIT_MS);
}
