// Latchkey when an isolate remembers less of a browser: so many take turns that it forgot.
import { REMEMBERED_SESSIONS } from "../../src/session/session.ts";
import { REMEMBERED_TOKENS } from "../../src/tokens/remembered-tokens.ts";
import type { Contender } from "../contender.ts";
import { LATCHKEY_FIRST_CALL, LATCHKEY_KV_READ } from "../names.ts";
import { latchkey } from "./latchkey.ts";

/** Fewer than cookies are remembered, and more than tokens. */
const RETURNING = Math.round((REMEMBERED_TOKENS + REMEMBERED_SESSIONS) / 2);
const NEW = Math.round(REMEMBERED_SESSIONS * 1.1);

export const latchkeyKvRead: Contender = {
  ...latchkey,
  name: LATCHKEY_KV_READ,
  browsers: RETURNING,
  setup: `the same when KV has to be read, as for a browser that comes back after five seconds: ${RETURNING} take turns, so that an isolate remembers their cookies (up to ${REMEMBERED_SESSIONS}) but not their tokens (up to ${REMEMBERED_TOKENS})`,
};

export const latchkeyFirstCall: Contender = {
  ...latchkey,
  name: LATCHKEY_FIRST_CALL,
  browsers: NEW,
  setup: `the same when the cookie has to be opened, too, as of a browser that is new to the isolate: ${NEW} take turns`,
};
