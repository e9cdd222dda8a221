// What `/client.js` and `latchkey/client` export. No dependencies, at most 4 KiB gzipped.
import { reportOutcome } from "./report-outcome.ts";

export type { Connection, ProviderId, Site } from "./connection.ts";
export {
  type ConnectOptions,
  createLatchkey,
  type Disconnected,
  type Forgotten,
  type Latchkey,
  type ProxiedInit,
  type Token,
} from "./create-latchkey.ts";
export { LatchkeyError } from "./latchkey-error.ts";
export { type Outcome, takeOutcome } from "./take-outcome.ts";

// Importing it on a server, or in a worker, does nothing.
if (typeof document !== "undefined") reportOutcome();
