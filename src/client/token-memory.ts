import { singleFlight } from "../shared/single-flight.ts";
import type { ProviderId } from "./connection.ts";
import type { Token } from "./latchkey.ts";

/** A token is handed out again while it is good for this long. */
const LEAST_SECONDS = 60;

/** @param rejected a token that the provider no longer takes */
type TokenSource = (provider: ProviderId, rejected: string | undefined) => Promise<Token>;

interface KeptToken extends Token {
  /** By this browser's clock, in milliseconds. */
  readonly endsAt: number;
}

/** Keeps what a source gives while it is good, and lets many calls share one request. */
export function tokenMemory(ask: TokenSource): TokenSource {
  const tokens = new Map<ProviderId, KeptToken>();
  const underWay = singleFlight<string, KeptToken>();

  async function askAndKeep(provider: ProviderId, rejected: string | undefined) {
    const answer = await ask(provider, rejected);
    const received = { ...answer, endsAt: Date.now() + answer.expiresIn * 1_000 };
    const latest = tokens.get(provider);
    // An answer that was overtaken may be a token that another caller saw rejected since.
    if (!latest || latest.endsAt <= received.endsAt) tokens.set(provider, received);
    return received;
  }

  return async (provider, rejected) => {
    const kept = tokens.get(provider);
    if (kept && kept.accessToken !== rejected && secondsLeft(kept) >= LEAST_SECONDS) {
      return handOut(kept);
    }
    tokens.delete(provider);
    const call = `${provider} ${rejected}`;
    return handOut(await underWay.join(call, () => askAndKeep(provider, rejected)));
  };
}

function secondsLeft({ endsAt }: KeptToken): number {
  return Math.floor((endsAt - Date.now()) / 1_000);
}

function handOut(kept: KeptToken): Token {
  const { endsAt: _, ...token } = kept;
  return { ...token, expiresIn: Math.max(0, secondsLeft(kept)) };
}
