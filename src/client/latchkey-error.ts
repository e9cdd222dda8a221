import type { Site } from "./connection.ts";

interface Details {
  readonly status?: number;
  readonly connectUrl?: string | undefined;
  readonly retryAfter?: number | undefined;
  readonly sites?: readonly Site[];
}

/** A call that Latchkey refused or could not answer. */
export class LatchkeyError extends Error {
  override readonly name = "LatchkeyError";
  /**
   * Which problem it is: one of Latchkey's codes, such as `reconnect_required`, or one of the
   * client's own: `unreachable`, `unexpected_answer`, `site_required`, `popup_blocked`.
   */
  readonly code: string;
  /** The HTTP status, if there was an answer. */
  declare readonly status: number | undefined;
  /** Where to send the person to connect (again). */
  declare readonly connectUrl: string | undefined;
  /** In how many seconds it is worth another try. */
  declare readonly retryAfter: number | undefined;
  /** With `site_required`: the sites to choose from. */
  declare readonly sites: readonly Site[] | undefined;

  constructor(code: string, message: string, details: Details & ErrorOptions = {}) {
    super(message, details);
    this.code = code;
    Object.assign(this, details);
  }
}
