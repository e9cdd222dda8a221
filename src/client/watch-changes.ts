import type { Outcome } from "./read-outcome.ts";

/** The channel of all pages of an origin: any message says that connections may have changed. */
export const CHANNEL = "latchkey";

/** How a flow ended that came back to another page. */
export interface Report {
  /** The id of the `connect` that opened a popup for it. */
  readonly popup: string | null;
  readonly outcome: Outcome;
}

type Listener = (report: Report | null) => void;

export interface Changes {
  /** Calls back whenever connections may have changed. Returns what ends that. */
  onChange(listener: Listener): () => void;
  /** Tells this page and the others of its origin. */
  announce(): void;
}

/** Hears of changes here, in other tabs, and of those made while nobody looked at this tab. */
export function watchChanges(): Changes {
  const changes = new EventTarget();
  const tell = (report: Report | null) =>
    changes.dispatchEvent(new MessageEvent("change", { data: report }));
  // A server that renders this page has neither, and there an open channel would keep it running.
  const channel = globalThis.document && new BroadcastChannel(CHANNEL);
  channel?.addEventListener("message", ({ data }: MessageEvent<Report | null>) => tell(data));
  // Latchkey's own page is of another origin: what was changed there, no channel tells.
  globalThis.document?.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") tell(null);
  });
  return {
    onChange(listener) {
      const heard = ({ data }: Event & { data?: Report | null }) => listener(data ?? null);
      changes.addEventListener("change", heard);
      return () => changes.removeEventListener("change", heard);
    },
    announce() {
      channel?.postMessage(null);
      tell(null);
    },
  };
}
