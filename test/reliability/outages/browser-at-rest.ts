import type { Provider } from "../../emulator/emulator-protocol.ts";
import { advanceClock } from "../../journeys/clock.ts";
import { kvRecordOf } from "../../journeys/kv-copy.ts";
import { type Browser, openBrowser } from "../../journeys/open-browser.ts";

/**
 * A browser with one connection that KV knows of. From then on the clock stands still, and real
 * time comes nowhere near an alarm that is set.
 */
export async function browserAtRest(provider: Provider): Promise<Browser> {
  const browser = openBrowser();
  await browser.connect(provider);
  await kvRecordOf(provider);
  await advanceClock(100);
  return browser;
}
