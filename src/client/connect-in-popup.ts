import type { Connection, ProviderId } from "./connection.ts";
import { LatchkeyError } from "./latchkey-error.ts";
import { type Outcome, POPUP_PARAMETER } from "./read-outcome.ts";
import type { Changes } from "./watch-changes.ts";

const FEATURES = "popup,width=600,height=760";
/** How long after the person came back to this window a report may still be on its way. */
const REPORT_DELAY_MS = 2_000;
const LONGEST_MS = 600_000;

interface PopupFlow {
  readonly provider: ProviderId;
  /** The page of this origin that the popup comes back to. */
  readonly returnTo: URL;
  /** Where a flow starts that comes back to an address. */
  readonly startUrl: (provider: ProviderId, returnTo: URL) => string;
  readonly changes: Changes;
  readonly connections: () => Promise<readonly Connection[]>;
}

/**
 * Opens a window for a flow and waits for what it comes back with. Whether that window is closed is
 * never asked: `closed` lies once a provider's page has a `Cross-Origin-Opener-Policy`. Without a
 * report, the person's return to this window makes it ask what is connected.
 *
 * @throws {LatchkeyError} `popup_blocked`; or why there was no answer to that question
 */
export async function connectInPopup(flow: PopupFlow): Promise<Outcome> {
  const { provider, returnTo, changes } = flow;
  const id = crypto.randomUUID();
  returnTo.searchParams.set(POPUP_PARAMETER, id);
  const popup = open(flow.startUrl(provider, returnTo), "_blank", FEATURES);
  if (!popup) {
    throw new LatchkeyError(
      "popup_blocked",
      "Browsers open windows only while a click is handled.",
    );
  }
  // No page in there may send this one elsewhere.
  popup.opener = null;

  // Where that is not known, nothing shows that a connection is new.
  const before = readConnectedAt().catch(() => "unknown");
  const end = new AbortController();
  const { signal } = end;
  return new Promise<Outcome>((resolve, reject) => {
    const decide = async () => {
      const connectedAt = await readConnectedAt();
      const known = await before;
      const isNew = connectedAt !== undefined && known !== "unknown" && connectedAt !== known;
      if (isNew && !signal.aborted) changes.announce();
      resolve({ provider, outcome: isNew ? "connected" : "abandoned" });
    };
    const decideIn = (milliseconds: number) => {
      const timer = setTimeout(() => void decide().catch(reject), milliseconds);
      signal.addEventListener("abort", () => clearTimeout(timer));
    };
    decideIn(LONGEST_MS);
    addEventListener("focus", () => decideIn(REPORT_DELAY_MS), { signal, once: true });
    const unsubscribe = changes.onChange((report) => {
      if (report?.popup === id) resolve(report.outcome);
    });
    signal.addEventListener("abort", unsubscribe);
  }).finally(() => end.abort());

  async function readConnectedAt(): Promise<string | undefined> {
    const found = (await flow.connections()).find((listed) => listed.provider === provider);
    return found?.status === "connected" ? found.connectedAt : undefined;
  }
}
