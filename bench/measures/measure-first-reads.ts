import type { Call, Contender } from "../contender.ts";
import { bareKv } from "../contenders/bare-kv.ts";
import { latchkey } from "../contenders/latchkey.ts";
import { drive } from "../load/drive.ts";
import { signIn } from "../load/visitor.ts";
import { withCookies, withRunning } from "./run-contender.ts";
import { REMEMBERED_SESSIONS } from "../../src/session/session.ts";
import { cpuMicros } from "../runtime/process-usage.ts";
import { inRounds } from "./in-rounds.ts";

/** When it is a browser's turn again, so many others were there that it is forgotten. */
const BROWSERS = Math.ceil(REMEMBERED_SESSIONS * 1.1);

const REQUESTS = 100;

/** Warm reads, each by a browser that this isolate doesn't remember: its cookie has to be opened. */
export function measureFirstReads(rounds: number) {
  const contenders: readonly Contender[] = [latchkey, bareKv];
  return withRunning(contenders, async (running, provider) => {
    const { origin } = running.get(latchkey.name)!.worker;
    const reads: Call[] = [];
    for (let browser = 0; browser < BROWSERS; browser += 1) {
      const visitor = await signIn(origin, latchkey, provider.issueCode());
      reads.push(withCookies(latchkey.read, visitor));
    }
    let next = 0;
    return inRounds(running, rounds, async ({ contender, worker, read }) => {
      const call = contender === latchkey ? () => reads[next++ % reads.length]! : () => read;
      const cpuBefore = cpuMicros(worker.pid);
      const { p50 } = await drive({
        origin: worker.origin,
        call,
        requests: REQUESTS,
        connections: 1,
      });
      return {
        "first-read.latency": p50,
        "first-read.cpu": (cpuMicros(worker.pid) - cpuBefore) / REQUESTS,
      };
    });
  });
}
