import { inject, vi } from "vitest";
import type { GrantType } from "../emulator/emulator-protocol.ts";
import type { Fault } from "../emulator/fault.ts";
import { emulator } from "./journey-emulator.ts";

/** One way in which a provider's token endpoint is out of order. */
export interface Outage {
  readonly what: string;
  /** Made when it begins, for what names an instant. `refused`: nobody listens there. */
  readonly fault: (() => Fault) | "refused";
  /** The seconds that the provider asks callers to wait. */
  readonly asked?: number;
  /** Whether the request may have been carried out. */
  readonly isUnknown: boolean;
  /** Why a code exchange fails: `provider_unavailable` unless told. */
  readonly reason?: string;
  /** Only the deadline ends it. */
  readonly isEndless?: boolean;
}

const ELSEWHERE = `${inject("emulator")}/elsewhere`;
const TOKEN_TIMEOUT_MS = 15_000;
const PAGE = { headers: { "Content-Type": "text/html" }, body: "<html><h1>Oops</h1></html>" };
const inSeconds = (seconds: number) => new Date(Date.now() + seconds * 1_000).toUTCString();

const ANSWERS: readonly Outage[] = [
  { what: "refused connections", fault: "refused", isUnknown: true },
  answer("503 with seconds", 90, () => ({ status: 503, headers: { "Retry-After": "90" } })),
  answer("503 with a date", 90, () => ({
    status: 503,
    headers: { "Retry-After": inSeconds(90) },
  })),
  answer("429 with seconds", 120, () => ({ status: 429, headers: { "Retry-After": "120" } })),
  answer("429 with a date", 120, () => ({
    status: 429,
    headers: { "Retry-After": inSeconds(120) },
  })),
  answer("429 in plain text", undefined, () => ({
    status: 429,
    body: "Rate limit for this resource has been exceeded",
  })),
  ...[302, 307].map((status) => ({
    what: `${status} to elsewhere`,
    fault: () => ({ status, redirect: ELSEWHERE }),
    isUnknown: false,
    reason: "provider_rejected",
  })),
];

const UNKNOWN: readonly (readonly [string, Fault])[] = [
  ["resets", { reset: true }],
  ["500", { status: 500 }],
  ["502 with a page", { status: 502, ...PAGE }],
  ["503 without a time", { status: 503 }],
  ["a page with status 200", { status: 200, ...PAGE }],
  ["empty answers", { status: 200, body: "" }],
  ["10 MB", { status: 200, hugeBytes: 10_000_000 }],
  ["silence", { hang: true }],
];

/** Half an answer is one that was made. */
const HALVES: readonly Outage[] = [
  { what: "half a JSON, ended", fault: () => ({ truncate: "end" }), isUnknown: true },
  { what: "half a JSON, reset", fault: () => ({ truncate: "reset" }), isUnknown: true },
  {
    what: "a byte at a time",
    fault: () => ({ dripMs: 10_000 }),
    isUnknown: true,
    isEndless: true,
  },
];

const OUTAGES: readonly Outage[] = [
  ...ANSWERS,
  ...UNKNOWN.flatMap(([what, fault]) =>
    (["before", "after"] as const).map((phase) => ({
      what: `${what}, ${phase} the work is done`,
      fault: () => ({ ...fault, phase }),
      isUnknown: true,
      isEndless: fault.hang === true,
    })),
  ),
  ...HALVES,
];

function answer(what: string, asked: number | undefined, fault: () => Fault): Outage {
  return { what, fault, isUnknown: false, ...(asked === undefined ? {} : { asked }) };
}

/** Every outage at both providers, for `test.each`. */
export const OUTAGES_OF_BOTH = OUTAGES.flatMap((outage) =>
  (["bitbucket", "jira"] as const).map((provider) => ({ ...outage, provider })),
);

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
  const timeout = AbortSignal.timeout.bind(AbortSignal);
  const arrival = async (number: number) => {
    const [request] = (await emulator.waitForRequests(match, number)).slice(number - 1);
    if (isAnswered && request?.status === null) await arrival(number);
  };
  vi.spyOn(AbortSignal, "timeout").mockImplementation((ms) => {
    if (ms !== TOKEN_TIMEOUT_MS) return timeout(ms);
    count += 1;
    const time = new AbortController();
    void arrival(count).then(() => time.abort(new DOMException("time is up", "TimeoutError")));
    return time.signal;
  });
}

/** Everything is as it was, for the provider and for the Worker. */
export async function endOutage(): Promise<void> {
  vi.restoreAllMocks();
  await emulator.clearFaults();
}
