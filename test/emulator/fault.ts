import type { Endpoint, GrantType, Provider } from "./emulator-protocol.ts";

/**
 * Something that goes wrong with a matching request. Armed faults are tried in the order they came;
 * each request meets at most one.
 *
 * `status`, `body`, `redirect`, `hugeBytes`, `hang` and `reset` replace the answer: in phase
 * `before` the provider then never processes the request, in phase `after` it does (codes are used
 * up, tokens rotate) and the answer is lost. `delayMs`, `hold`, `headers`, `dripMs`, `truncate` and
 * `stall` alone leave the provider's own answer in place; the first two wait before or after it is made.
 */
export interface Fault {
  readonly provider?: Provider;
  readonly endpoint?: Endpoint;
  readonly grantType?: GrantType;
  readonly method?: string;
  /** A part of the path, as in `RequestMatch`. */
  readonly path?: string;
  readonly account?: string;
  /** Default 1. */
  readonly times?: number | "always";
  /** Default `before`. */
  readonly phase?: "before" | "after";
  readonly status?: number;
  /** A list is as many headers of that name. */
  readonly headers?: Readonly<Record<string, string | string[]>>;
  readonly body?: string;
  readonly delayMs?: number;
  /** Never answers; the connection stays open until `reset()` or `close()`. */
  readonly hang?: boolean;
  /** Waits for `release(name)`; a name stays released until a new fault takes it again. */
  readonly hold?: string;
  /** Answers `status` (302 unless told) with this `Location`. */
  readonly redirect?: string;
  /** A JSON object of about so many bytes, streamed, its length not announced. */
  readonly hugeBytes?: number;
  /** One byte per interval. */
  readonly dripMs?: number;
  /** Half of the body: then a clean end, or a connection reset. */
  readonly truncate?: "end" | "reset";
  /** Half of the body, and then nothing any more: the connection stays open until `reset()`. */
  readonly stall?: boolean;
  /** Resets the connection instead of answering. */
  readonly reset?: boolean;
}

const FAULT_FIELDS: Readonly<Record<keyof Fault, true>> = {
  provider: true,
  endpoint: true,
  grantType: true,
  method: true,
  path: true,
  account: true,
  times: true,
  phase: true,
  status: true,
  headers: true,
  body: true,
  delayMs: true,
  hang: true,
  hold: true,
  redirect: true,
  hugeBytes: true,
  dripMs: true,
  truncate: true,
  stall: true,
  reset: true,
};

/** Throws on a field that no fault has. */
export function checkFault(fault: object): Fault {
  const stranger = Object.keys(fault).find((field) => !(field in FAULT_FIELDS));
  if (stranger !== undefined) throw new Error(`no such fault field: ${stranger}`);
  return fault;
}

export function replacesAnswer(fault: Fault): boolean {
  return (
    fault.status !== undefined ||
    fault.body !== undefined ||
    fault.redirect !== undefined ||
    fault.hugeBytes !== undefined ||
    fault.hang === true ||
    fault.reset === true
  );
}
