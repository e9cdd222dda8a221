import type { Latchkey } from "../run-latchkey.ts";

/** What one round of a moment came to. */
export interface RoundResult {
  /** Processes killed. */
  readonly kills: number;
  /** Connections that a kill interrupted. */
  readonly connections: number;
  /** Of them, those whose new tokens are known to have been stored by then. */
  readonly committed: number;
  /** What did not come back as promised: a line for each connection. */
  readonly lost: readonly string[];
  /** From the kill, restart included, until a caller had a token that works. */
  readonly attendedMs: readonly number[];
  /** From the kill, restart included, until all was done again though nobody called. */
  readonly unattendedMs: readonly number[];
}

/** A scripted moment at which the process is killed. */
export interface Moment {
  readonly name: string;
  /** Interrupts some connections there, restarts on the same state, and judges each of them. */
  readonly run: (latchkey: Latchkey, random: () => number) => Promise<RoundResult>;
}
