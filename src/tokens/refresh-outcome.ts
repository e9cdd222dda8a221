/** How a refresh ended. What it means for a caller is read from the row. */
export type RefreshOutcome =
  | "refreshed"
  | "dead"
  | "setback"
  /** No call was made: an earlier setback asks for patience, or there is no refresh token to spend. */
  | "waiting"
  /** No call was made: the key that it lies under was removed. It may come back. */
  | "unreadable"
  /** No call was made: the deployment does not know the provider any more. */
  | "not_configured"
  /** The person decided otherwise meanwhile: the result was thrown away. */
  | "overtaken";
