import { EXCHANGES } from "../../emulator/token-requests.ts";
import { duringCommit } from "./during-commit.ts";
import { type ExchangeMoment, exchangeRound } from "./exchange-round.ts";
import type { Moment } from "./round.ts";

const MOMENTS: readonly ExchangeMoment[] = [
  {
    name: "exchange: the provider has not processed it",
    held: { ...EXCHANGES, phase: "before" },
    isCommitted: false,
  },
  {
    name: "exchange: processed, the answer is on its way",
    held: { ...EXCHANGES, phase: "after" },
    isCommitted: false,
  },
  {
    name: "exchange: right after the answer",
    held: { ...EXCHANGES, phase: "after" },
    async letGo(release, random) {
      await release();
      await duringCommit(random);
    },
    isCommitted: "perhaps",
  },
  {
    // What follows the commit is the question whose account it is.
    name: "exchange: committed, the browser lacks the new session",
    held: { endpoint: "identity" },
    isCommitted: true,
  },
];

export const EXCHANGE_MOMENTS: readonly Moment[] = MOMENTS.map((moment) => ({
  name: moment.name,
  run: (latchkey, random) => exchangeRound(latchkey, moment, random),
}));
