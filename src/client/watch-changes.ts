import type { ReportedOutcome } from "./read-outcome.ts";

/** The channel of all pages of an origin: any message says that connections may have changed. */
export const CHANNEL = "latchkey";

/** How a flow ended that came back to another page. */
export interface Report {
  /** The id of the `connect` that opened a popup for it. */
  readonly popup: string | null;
  readonly outcome: ReportedOutcome;
}

export interface Changes {
  /** Calls back whenever connections may have changed. Returns what ends that. */
  onChange(listener: (report: Report | null) => void): () => void;
  /** Tells this page and the others of its origin. */
  announce(): void;
}

/** Hears of changes here, in other tabs, and of those made while nobody looked at this tab. */
export function watchChanges(): Changes {
  // A server that renders this page has no other tabs, and an open channel would keep it running.
  const channel: EventTarget & { postMessage?(message: null): void } = globalThis.document
    ? new BroadcastChannel(CHANNEL)
    : new EventTarget();
  // A channel does not hear what it says itself.
  const tellHere = () => channel.dispatchEvent(new MessageEvent("message", { data: null }));
  // Latchkey's own page is of another origin: what was changed there, no channel tells.
  globalThis.document?.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") tellHere();
  });
  return {
    onChange(listener) {
      const heard = (event: Event) => listener((event as MessageEvent<Report | null>).data);
      channel.addEventListener("message", heard);
      return () => channel.removeEventListener("message", heard);
    },
    announce() {
      channel.postMessage?.(null);
      tellHere();
    },
  };
}
