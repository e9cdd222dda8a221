import { randomInt } from "node:crypto";
import { Fault } from "../../scripts/dev/fault.ts";
import { requireFreePort } from "../../scripts/dev/require-free-port.ts";

// Systems give ports from 32,768 (Linux) or 49,152 (others) to whoever asks for any.
let next = randomInt(20_000, 30_000);

/**
 * A port that nobody listens on, for a process that has to be told one. Never the same twice, and
 * never one that the system could give to somebody else before that process listens on it.
 */
export async function freePort(): Promise<number> {
  const port = next++;
  try {
    // `localhost` may be ::1.
    for (const host of ["localhost", "127.0.0.1"]) await requireFreePort(port, host);
    return port;
  } catch (error) {
    if (error instanceof Fault) return freePort();
    throw error;
  }
}
