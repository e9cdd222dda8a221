/** A token endpoint's error answer (RFC 6749 section 5.2), as far as it could be read. */
export interface Refusal {
  readonly status: number;
  /** The `error` code; `undefined` when the body was no JSON object with one. */
  readonly error: string | undefined;
  readonly description: string;
}
