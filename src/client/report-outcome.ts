import { POPUP_PARAMETER, readOutcome } from "./read-outcome.ts";
import { CHANNEL, type Report } from "./watch-changes.ts";

/**
 * In a page that a flow came back to: tells the other pages of this origin how it ended, and closes
 * the window if it is the popup of one of them. It can't ask who opened it: once a provider's page
 * had a `Cross-Origin-Opener-Policy`, a window no longer knows.
 */
export function reportOutcome(): void {
  const url = new URL(location.href);
  const outcome = readOutcome(url);
  if (!outcome) return;
  const popup = url.searchParams.get(POPUP_PARAMETER);
  const channel = new BroadcastChannel(CHANNEL);
  channel.postMessage({ popup, outcome } satisfies Report);
  channel.close();
  if (popup !== null) close();
}
