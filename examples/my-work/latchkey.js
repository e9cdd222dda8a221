// All that this front-end needs from Latchkey. `npm run example` puts another origin here when it is
// told one; a front-end of yours would name its own Latchkey.
import { createLatchkey } from "http://localhost:8787/client.js";
export { LatchkeyError, takeOutcome } from "http://localhost:8787/client.js";

export const latchkey = createLatchkey("http://localhost:8787");
