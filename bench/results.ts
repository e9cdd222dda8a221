// What a run writes to the results file, and the report is drawn from. Timings are kept round by
// round: medians, spread and ratios are derived, never stored.

/** What is measured in interleaved rounds. */
export const TIMING_IDS = [
  "read.latency",
  "read.throughput",
  "read.cpu",
  "callback.latency",
  "cold.start",
  "cold.latency",
  "proxy-1kb.throughput",
  "proxy-1mb.throughput",
  "proxy-100mb.throughput",
  "proxy-100mb.memory",
] as const;

export type TimingId = (typeof TIMING_IDS)[number];

/** One figure for each round, by the name of the contender. */
export type Rounds = Readonly<Record<string, readonly number[]>>;

export interface Results {
  /** When it began. */
  readonly takenAt: string;
  /** Of the code of Latchkey's Worker, in hex: `npm run check` prints that of the code at hand. */
  readonly workerSha256: string;
  readonly machine: Machine;
  readonly contenders: readonly ContenderFacts[];
  readonly timings: Readonly<Record<TimingId, Rounds>>;
  readonly expiry: readonly ExpiryRun[];
  readonly operations: readonly OperationCount[];
  readonly scale: ScaleRun | undefined;
  /** Gzipped, in bytes. */
  readonly clientBytes: number;
}

export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly system: string;
  readonly node: string;
  readonly workerd: string;
  /** What KV, D1 and objects are kept on. */
  readonly storage: string;
}

export interface ContenderFacts {
  readonly name: string;
  readonly setup: string;
  readonly gzippedBytes: number;
}

/** Callers that all ask at once for a token that has expired. */
export interface ExpiryRun {
  readonly contender: string;
  readonly callers: number;
  readonly providerLatencyMs: number;
  /** Refreshes that reached the provider. */
  readonly refreshes: number;
  /** Callers that got a new access token. */
  readonly served: number;
  /** Whether one more refresh works when this token has ended, too. */
  readonly usableAfter: boolean;
}

/** What one call costs in operations that Cloudflare charges for. */
export interface OperationCount extends Operations {
  readonly design: string;
  readonly call: "warm read" | "callback" | "refresh" | "proxied call" | "object read";
}

export interface Operations {
  readonly kvReads: number;
  /** And deletes, which cost the same. */
  readonly kvWrites: number;
  /** Calls of a Durable Object, and runs of its alarm. */
  readonly objectRequests: number;
  readonly rowsRead: number;
  readonly rowsWritten: number;
}

/** Many owners in one process, read at random while some of their tokens end. */
export interface ScaleRun {
  readonly owners: number;
  readonly connections: number;
  /** What the choice of owners, connections and instants began with. */
  readonly seed: number;
  /** Until all were connected. */
  readonly setupSeconds: number;
  /** Of the reading. */
  readonly seconds: number;
  readonly reads: number;
  /** Answers that were not the token that the provider takes for this owner; the first few. */
  readonly errors: number;
  readonly firstErrors: readonly string[];
  /** Connections whose token came to its end while it was read. */
  readonly expiries: number;
  /** That arrived at the provider. */
  readonly refreshes: number;
  /** Of these, while it was read at random; the others by the one read more at the end. */
  readonly refreshesMeanwhile: number;
  /** Cores in use while it was read: of the workerd process, and of the client beside the provider. */
  readonly cores: { readonly worker: number; readonly client: number };
  /** Of objects and of KV, when all was done, in MiB. */
  readonly stored: { readonly objectsMib: number; readonly kvMib: number };
  readonly memory: readonly MemorySample[];
}

/** Of the workerd process. */
export interface MemorySample {
  /** Since the start of the run. */
  readonly seconds: number;
  readonly mib: number;
  /** How many connections there were by then. */
  readonly connections: number;
  readonly reads: number;
}
