import { vi } from "vitest";
import { TokenKeeper } from "../../../src/tokens/token-keeper.ts";
import { until } from "../until.ts";

const ENTRANCES = [
  "alarm",
  "finishFlow",
  "readToken",
  "forceRefresh",
  "refreshAhead",
  "listConnections",
  "disconnectProvider",
  "eraseOwner",
] as const satisfies (keyof TokenKeeper)[];

/**
 * Watches who comes to an object from now on. What it gives waits until somebody has come, or was
 * answered without: a call that is seen inside the object can't be overtaken any more.
 */
export function watchArrivals(): (coming: Promise<unknown>) => Promise<void> {
  const spies = ENTRANCES.map((entrance) => vi.spyOn(TokenKeeper.prototype, entrance));
  return async (coming) => {
    let isAnswered = false;
    const ended = () => void (isAnswered = true);
    void coming.then(ended, ended);
    await until(() => isAnswered || spies.some(({ mock }) => mock.calls.length > 0));
  };
}
