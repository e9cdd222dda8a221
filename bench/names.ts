// What the report knows by name; it takes the others as they come.
export const LATCHKEY = "Latchkey";
/** The same, where KV has to be read; and where the cookie has to be opened, too. */
export const LATCHKEY_KV_READ = "Latchkey, KV read";
export const LATCHKEY_FIRST_CALL = "Latchkey, first call";
export const BARE_KV = "bare KV read";
export const BARE_OBJECT = "bare object read";
export const BARE_ROUTE = "bare Hono route";
export const PASS_THROUGH = "pass-through";
export const PASS_THROUGH_KV = "pass-through with KV";

/** Latchkey, whatever it remembers. */
export const OURS: readonly string[] = [LATCHKEY, LATCHKEY_KV_READ, LATCHKEY_FIRST_CALL];

/** What no design of its kind can beat. */
export const FLOORS: readonly string[] = [
  BARE_KV,
  BARE_OBJECT,
  BARE_ROUTE,
  PASS_THROUGH,
  PASS_THROUGH_KV,
];
