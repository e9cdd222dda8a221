import { setTimeout as wait } from "node:timers/promises";
import type { Contender } from "../contender.ts";
import { createFakeProvider, type FakeProvider } from "../provider/fake-provider.ts";
import { EXPIRY_CALLERS, EXPIRY_LATENCIES_MS } from "../expiry-cases.ts";
import { planCall, signIn } from "../load/visitor.ts";
import type { ExpiryRun } from "../results.ts";
import { isServed } from "./is-served.ts";
import { requireServed } from "./require-served.ts";
import { startWorker } from "../runtime/start-worker.ts";

/** How long the tokens live here; a second later every contender has noticed. */
const LIFETIME_SECONDS = 3;
const UNTIL_EXPIRED_MS = (LIFETIME_SECONDS + 1) * 1_000;

/** Callers of one person that all ask at once for a token that has just expired. */
export async function measureExpiry(contender: Contender): Promise<readonly ExpiryRun[]> {
  const provider = createFakeProvider();
  const { worker } = await contender.build(LIFETIME_SECONDS - 1);
  const running = await startWorker({ worker, answer: provider.answer });
  try {
    await contender.prepare?.(running.origin);
    const runs: ExpiryRun[] = [];
    for (const callers of EXPIRY_CALLERS) {
      for (const latencyMs of EXPIRY_LATENCIES_MS) {
        runs.push(await expire(running.origin, contender, provider, callers, latencyMs));
      }
    }
    return runs;
  } finally {
    await running.stop();
  }
}

async function expire(
  origin: string,
  contender: Contender,
  provider: FakeProvider,
  callers: number,
  providerLatencyMs: number,
): Promise<ExpiryRun> {
  const lifetimeSeconds = contender.lifetimeFor?.(LIFETIME_SECONDS) ?? LIFETIME_SECONDS;
  provider.refreshedLifetimeSeconds = lifetimeSeconds;
  const visitor = await signIn(origin, contender, provider.issueCode(lifetimeSeconds));
  const read = await planCall(contender.read, visitor);
  const fresh = await visitor.call(read);
  requireServed(contender, provider, fresh);
  const expired = contender.tokenIn?.(fresh);
  await wait(UNTIL_EXPIRED_MS);

  provider.latencyMs = providerLatencyMs;
  provider.refreshes = 0;
  const answers = await Promise.all(Array.from({ length: callers }, () => visitor.call(read)));
  provider.latencyMs = 0;
  const { refreshes } = provider;

  // A new token counts, also where the provider has ended the grant by now: `usableAfter` tells.
  const served = answers.filter((answer) => {
    if (contender.isServed) return contender.isServed(answer);
    const token = contender.tokenIn?.(answer);
    return token !== undefined && token !== expired;
  }).length;
  // Until this one has expired, too: another refresh shows that the newest refresh token is held.
  await wait(UNTIL_EXPIRED_MS);
  const later = await visitor.call(read);
  const usableAfter = isServed(contender, provider, later) && provider.refreshes > refreshes;
  const { name } = contender;
  return { contender: name, callers, providerLatencyMs, refreshes, served, usableAfter };
}
