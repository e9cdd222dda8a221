/** A call that Latchkey refused or could not answer. */
export class LatchkeyError extends Error {
  override readonly name = "LatchkeyError";
  /** The stable code of the problem, such as `reconnect_required`. */
  readonly code: string;
  /** Where to send the person to connect (again). */
  readonly connectUrl: string | undefined;

  constructor(code: string, message: string, connectUrl?: string) {
    super(message);
    this.code = code;
    this.connectUrl = connectUrl;
  }
}
