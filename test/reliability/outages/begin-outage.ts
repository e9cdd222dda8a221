import { onTestFinished, vi } from "vitest";
import { TOKEN_TIMEOUT_SECONDS } from "../../../src/oauth/request-token.ts";
import type { GrantType } from "../../emulator/emulator-protocol.ts";
import { emulator } from "../../journeys/journey-emulator.ts";
import type { Outage } from "./outage.ts";

interface Struck {
  readonly grantType: GrantType;
  readonly times: 1 | "always";
}

/** Strikes the token requests of both providers from now on. */
export async function beginOutage(
  { fault, isEndless }: Outage,
  { grantType, times }: Struck,
): Promise<void> {
  if (fault === "refused") {
    refuseConnections(grantType, times === "always" ? Infinity : times);
    return;
  }
  const struck = fault();
  if (isEndless) await strikeOnArrival(grantType, struck.dripMs !== undefined);
  await emulator.fault({ endpoint: "token", grantType, times, ...struck });
}

/** Nobody listens on the first port: the Worker's calls of a token endpoint go there. */
function refuseConnections(grantType: GrantType, times: number): void {
  const { fetch } = globalThis;
  let left = times;
  vi.spyOn(globalThis, "fetch").mockImplementation((input, init) => {
    if (!hasGrantType(init, grantType) || left === 0) return fetch(input, init);
    left -= 1;
    return fetch("http://127.0.0.1:1/", init);
  });
}

function hasGrantType(init: RequestInit | undefined, grantType: GrantType): boolean {
  const { body } = init ?? {};
  return body instanceof URLSearchParams && body.get("grant_type") === grantType;
}

/** How many refreshes were tried since it began. */
export async function refreshesTried({ fault }: Outage): Promise<number> {
  const grantType = "refresh_token";
  if (fault !== "refused") return (await emulator.requests({ grantType, partial: true })).length;
  return vi.mocked(fetch).mock.calls.filter(([, init]) => hasGrantType(init, grantType)).length;
}

/** Lets the deadline of a token request strike when it has arrived and got what it gets. */
async function strikeOnArrival(grantType: GrantType, isAnswered: boolean): Promise<void> {
  const match = { endpoint: "token", grantType } as const;
  let count = (await emulator.requests(match)).length;
  const { setTimeout } = globalThis;
  const arrivals: Promise<void>[] = [];
  onTestFinished(async () => void (await Promise.all(arrivals)));
  const arrival = async (number: number) => {
    const [request] = (await emulator.waitForRequests(match, number)).slice(number - 1);
    if (isAnswered && request?.status === null) await arrival(number);
  };
  vi.spyOn(globalThis, "setTimeout").mockImplementation((work, ms) => {
    if (ms !== TOKEN_TIMEOUT_SECONDS * 1_000) return setTimeout(work, ms);
    count += 1;
    const arrived = arrival(count).finally(() => work());
    // Told at the end of the test, which it fails.
    arrived.catch(() => undefined);
    arrivals.push(arrived);
    return setTimeout(() => undefined, 0);
  });
}

/** Everything is as it was, for the provider and for the Worker. */
export async function endOutage(): Promise<void> {
  vi.restoreAllMocks();
  await emulator.clearFaults();
}
