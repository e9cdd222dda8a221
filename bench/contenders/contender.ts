import type { V4WorkerOptions } from "miniflare";

/** A request as a browser would send it; its cookies are added. */
export interface Call {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** Something that is measured: a Worker, and how a front-end uses it. */
export interface Contender {
  readonly name: string;
  /** How it was set up, for the reader of the table. */
  readonly setup: string;
  /** `undefined`: nobody signs in there, as with the floors. */
  readonly journey?: Journey;
  readonly read: Call;
  build(): Promise<BuiltWorker>;
  /** Puts in place what the reads need and no journey brings: tables, a record. */
  prepare?(origin: string): Promise<void>;
  /** The access token in an answer to `read`. */
  tokenIn?(answer: Answer): string | undefined;
}

export interface BuiltWorker {
  readonly worker: V4WorkerOptions;
  /** Of its code, gzipped, in bytes. */
  readonly gzippedBytes: number;
}

/** How a person signs in: the start leads to the provider, whose answer leads to the callback. */
export interface Journey {
  readonly start: Call;
  readonly callbackHeaders?: Readonly<Record<string, string>>;
  /** Default: the `Location` of the start's answer. */
  authorizationUrl?(answer: Answer): URL;
}
