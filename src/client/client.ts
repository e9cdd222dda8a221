// What `/client.js` and `latchkey/client` export. No dependencies, at most 4 KiB gzipped.
export type { ProviderId, Site } from "./connection.ts";
export { createLatchkey, type Latchkey } from "./create-latchkey.ts";
export { LatchkeyError } from "./latchkey-error.ts";
