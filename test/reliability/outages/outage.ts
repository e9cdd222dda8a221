import { EMULATOR_ORIGIN } from "../../emulator-origin.ts";
import type { Fault } from "../../emulator/fault.ts";

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

const ELSEWHERE = `${EMULATOR_ORIGIN}/elsewhere`;
const PAGE = { headers: { "Content-Type": "text/html" }, body: "<html><h1>Oops</h1></html>" };
const inSeconds = (seconds: number) => new Date(Date.now() + seconds * 1_000).toUTCString();

const ANSWERS: readonly Outage[] = [
  { what: "refused connections", fault: "refused", isUnknown: true },
  answer("429 with seconds", 120, () => ({ status: 429, headers: { "Retry-After": "120" } })),
  answer("429 with a date", 120, () => ({
    status: 429,
    headers: { "Retry-After": inSeconds(120) },
  })),
  answer("429 in plain text", undefined, () => ({
    status: 429,
    body: "Rate limit for this resource has been exceeded",
  })),
  {
    what: "a 202 that brings nothing",
    fault: () => ({ status: 202, body: "" }),
    isUnknown: true,
  },
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

/** Whoever says when to come again may have done the work all the same. */
const DATED: readonly Outage[] = (["before", "after"] as const).flatMap((phase) =>
  [["seconds", () => "90"] as const, ["a date", () => inSeconds(90)] as const].map(
    ([what, retryAfter]) => ({
      what: `503 with ${what}, ${phase} the work is done`,
      fault: () => ({ status: 503, phase, headers: { "Retry-After": retryAfter() } }),
      asked: 90,
      isUnknown: true,
    }),
  ),
);

const OUTAGES: readonly Outage[] = [
  ...ANSWERS,
  ...DATED,
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
