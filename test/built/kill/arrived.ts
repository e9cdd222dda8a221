import type { EmulatorControl } from "../../emulator/control-emulator.ts";
import type { RequestMatch } from "../../emulator/emulator-protocol.ts";

/** Several Latchkeys may share the machine. */
const ARRIVAL_MS = 60_000;

/** Resolves as soon as the provider has seen so many. */
export async function arrived(
  emulator: EmulatorControl,
  match: RequestMatch,
  count: number,
): Promise<void> {
  await emulator.waitForRequests(match, count, { timeoutMs: ARRIVAL_MS });
}
