import { PROVIDERS } from "../../emulator/emulator-protocol.ts";
import type { Fault } from "../../emulator/fault.ts";
import type { Latchkey } from "../run-latchkey.ts";
import { arrived } from "./arrived.ts";
import { judgeCallback, judgeEarlier, judgeOther, judgeReconnect } from "./exchange-judges.ts";
import { judgeEach } from "./judge-each.ts";
import type { RoundResult } from "./round.ts";
import { type Attempt, startAttempt } from "./start-attempt.ts";

export interface ExchangeMoment {
  readonly name: string;
  /** The request that is held when the process is killed. */
  readonly held: Pick<Fault, "endpoint" | "grantType" | "phase">;
  /** What happens between its arrival and the kill. */
  readonly letGo?: (release: () => Promise<unknown>, random: () => number) => Promise<void>;
  readonly isCommitted: boolean | "perhaps";
}

/** Of either provider one person who had both connections before, and one who had none. */
export async function exchangeRound(
  latchkey: Latchkey,
  { held, letGo, isCommitted }: ExchangeMoment,
  random: () => number,
): Promise<RoundResult> {
  const { emulator } = latchkey;
  await latchkey.resetEmulator();
  const attempts: Attempt[] = [];
  for (const provider of PROVIDERS) {
    for (const hadBoth of [true, false]) {
      attempts.push(await startAttempt(latchkey, provider, hadBoth));
    }
  }
  for (const { account } of attempts) {
    await emulator.fault({ ...held, account, hold: account });
  }
  for (const { browser, callback } of attempts) browser.arrive(callback).catch(() => undefined);
  const { phase: _, ...match } = held;
  await Promise.all(
    attempts.map(({ provider, account }) => arrived(emulator, { ...match, provider, account }, 1)),
  );
  await letGo?.(
    () => Promise.all(attempts.map(({ account }) => emulator.release(account))),
    random,
  );
  await latchkey.kill();
  const killedAt = performance.now();
  const asked = await emulator.requests({ endpoint: "identity" });
  await latchkey.restart();

  const attendedMs: number[] = [];
  let committed = 0;
  const lost = await judgeEach(attempts, async (attempt) => {
    const { earlier } = attempt;
    if (earlier) {
      if (await judgeEarlier(emulator, attempt, earlier, isCommitted)) committed += 1;
      attendedMs.push(performance.now() - killedAt);
    } else if (asked.some(({ account }) => account === attempt.account)) {
      // No session tells it. Whose account it is, is asked right after the commit.
      committed += 1;
    }
    await judgeCallback(latchkey, attempt);
    await judgeReconnect(emulator, attempt);
    await judgeOther(emulator, attempt);
  });
  const connections = attempts.length;
  return { kills: 1, connections, committed, lost, attendedMs, unattendedMs: [] };
}
