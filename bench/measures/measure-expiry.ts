import { setTimeout as wait } from "node:timers/promises";
import type { Answer, Contender } from "../contenders/contender.ts";
import { createFakeProvider, type FakeProvider } from "../provider/fake-provider.ts";
import { planCall, signIn } from "../load/visitor.ts";
import type { ExpiryRun } from "../results.ts";
import { startWorker } from "../runtime/start-worker.ts";

/** How long the tokens live here; a second later every contender has noticed. */
const LIFETIME_SECONDS = 3;
const UNTIL_EXPIRED_MS = (LIFETIME_SECONDS + 1) * 1_000;

/** Who waits, for a provider that takes how long (ms). */
interface ExpiryCase {
  readonly callers: number;
  readonly providerLatencyMs: number;
}

/** Callers of one person that all ask at once for a token that has just expired. */
export async function measureExpiry(
  contender: Contender,
  cases: readonly ExpiryCase[],
): Promise<ExpiryRun[]> {
  const provider = createFakeProvider();
  const { worker } = await contender.build(LIFETIME_SECONDS - 1);
  const { origin, stop } = await startWorker({ worker, answer: provider.answer });
  await contender.prepare?.(origin);
  const runs: ExpiryRun[] = [];
  for (const expiryCase of cases) {
    runs.push({
      contender: contender.name,
      ...expiryCase,
      ...(await expire(origin, contender, provider, expiryCase)),
    });
  }
  await stop();
  return runs;
}

async function expire(
  origin: string,
  contender: Contender,
  provider: FakeProvider,
  { callers, providerLatencyMs }: ExpiryCase,
) {
  const lifetimeSeconds = contender.lifetimeFor?.(LIFETIME_SECONDS) ?? LIFETIME_SECONDS;
  provider.refreshedLifetimeSeconds = lifetimeSeconds;
  const visitor = await signIn(origin, contender, provider.issueCode(lifetimeSeconds));
  const read = await planCall(contender.read, visitor);
  const expired = contender.tokenIn?.(await visitor.call(read));
  await wait(UNTIL_EXPIRED_MS);

  provider.latencyMs = providerLatencyMs;
  provider.refreshes = 0;
  const answers = await Promise.all(Array.from({ length: callers }, () => visitor.call(read)));
  provider.latencyMs = 0;
  const { refreshes } = provider;

  const served = answers.filter((answer) => {
    if (contender.isServed) return contender.isServed(answer);
    const token = contender.tokenIn?.(answer);
    return token !== undefined && token !== expired;
  }).length;
  // Until this one has expired, too: another refresh shows that the newest refresh token is held.
  await wait(UNTIL_EXPIRED_MS);
  const usableAfter = isUsable(await visitor.call(read)) && provider.refreshes > refreshes;
  return { refreshes, served, usableAfter };

  function isUsable(answer: Answer): boolean {
    if (contender.isServed) return contender.isServed(answer);
    return provider.accepts(contender.tokenIn?.(answer) ?? "");
  }
}
