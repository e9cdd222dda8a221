import type { ProviderId } from "./connection.ts";

/** What disconnecting did. */
export interface Disconnected {
  readonly provider: ProviderId;
  readonly local: "deleted";
  /** Neither provider lets an app withdraw what a person allowed: they can, at `manageUrl`. */
  readonly remote: "not_supported";
  readonly manageUrl: string;
}

/** What forgetting did. */
export interface Forgotten {
  readonly object: "deleted";
  /** `pending`: a sealed copy is still to be deleted, which Latchkey repeats until it is. */
  readonly kv: "deleted" | "pending";
  readonly cookies: "cleared";
  /** What was connected. */
  readonly connections: readonly ProviderId[];
}
