import type { V4WorkerOptions } from "miniflare";

/** A request as a browser would send it; its cookies are added. */
export interface Call {
  readonly method: "GET" | "POST" | "PUT";
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** A request, or how a front-end comes by it: some need an answer first. */
export type CallPlan = Call | ((ask: (call: Call) => Promise<Answer>) => Promise<Call>);

/** Something that is measured: a Worker, and how a front-end uses it. */
export interface Contender {
  readonly name: string;
  /** The npm package that it shows. */
  readonly package?: string;
  /** How it was set up, for the reader of the table. */
  readonly setup: string;
  /** `undefined`: nobody signs in there, as with the floors. */
  readonly journey?: Journey;
  readonly read: CallPlan;
  /** So many people sign in, and read in turn; default: one. */
  readonly browsers?: number;
  /**
   * @param refreshSeconds for those that refresh at an interval of their own, whatever the token's
   * lifetime is; default: what they recommend
   */
  build(refreshSeconds?: number): Promise<BuiltWorker>;
  /** Puts in place what the reads need and no journey brings: tables, a record. */
  prepare?(origin: string): Promise<void>;
  /** The access token in an answer to `read`; `undefined` when the caller was refused. */
  tokenIn?(answer: Answer): string | undefined;
  /** Where no access token is handed out: whether the caller got what it came for. */
  isServed?(answer: Answer): boolean;
  /** How long a token has to live, in seconds, to be taken for expired after so many. */
  lifetimeFor?(expiredAfterSeconds: number): number;
}

export interface BuiltWorker {
  readonly worker: V4WorkerOptions;
  /** Of its code, gzipped, in bytes. */
  readonly gzippedBytes: number;
}

/** How a person signs in: the start leads to the provider, whose answer leads to the callback. */
interface Journey {
  readonly start: CallPlan;
  readonly callbackHeaders?: Readonly<Record<string, string>>;
  /** Default: the `Location` of the start's answer. */
  authorizationUrl?(answer: Answer): URL;
}
