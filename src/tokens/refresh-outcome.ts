/** How a refresh ended. What it means for a caller is read from the row. */
export type RefreshOutcome =
  | "refreshed"
  | "dead"
  | "setback"
  /** An earlier setback still asks for patience: no call was made. */
  | "waiting"
  /** The person decided otherwise meanwhile: the result was thrown away. */
  | "overtaken";
