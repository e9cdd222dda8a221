// What `/client.js` and `latchkey/client` export. No dependencies, at most 4 KiB gzipped.
import { reportOutcome } from "./report-outcome.ts";

export type { Connection, ProviderId, Site } from "./connection.ts";
export { createLatchkey } from "./create-latchkey.ts";
export { LatchkeyError } from "./latchkey-error.ts";
export type { ConnectOptions, Latchkey, ProxiedInit, Token, TokenOptions } from "./latchkey.ts";
export type { Outcome } from "./read-outcome.ts";
export type { Disconnected, Forgotten } from "./receipts.ts";
export { takeOutcome } from "./take-outcome.ts";

// Importing it on a server, or in a worker, does nothing.
if (typeof document !== "undefined") reportOutcome();
