/** Where the example runs: `npm run dev` lets it in from there. */
export const EXAMPLE_PORT = 8790;
/** Where it looks for Latchkey: where `npm run dev` runs it. */
export const LATCHKEY_ORIGIN = "http://localhost:8787";
