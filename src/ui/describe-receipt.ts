import type { Connection } from "../client/connection.ts";
import type { Forgotten } from "../client/receipts.ts";
import type { Notice, NoticeLink } from "./notice.ts";
import { PROVIDER_NAMES } from "./provider-names.ts";

/** Tells what disconnecting did. */
export function describeDisconnect(connection: Connection): Notice {
  const { product, home } = PROVIDER_NAMES[connection.provider];
  return {
    tone: "good",
    text: `${product} is disconnected: Latchkey has deleted its access. ${home} offers no way to withdraw the permission from here, so it stays listed there until you remove it yourself.`,
    links: removalLinks([connection]),
  };
}

/**
 * Tells what forgetting did.
 *
 * @param connections as they were before, for the addresses where permissions can be removed
 */
export function describeForget(
  connections: readonly Connection[],
  { kv, connections: listed }: Pick<Forgotten, "kv" | "connections">,
): Notice {
  const gone = connections.filter(({ provider }) => listed.includes(provider));
  const products = gone.map(({ provider }) => PROVIDER_NAMES[provider].product).join(" and ");

  const sentences = [
    kv === "deleted"
      ? "Everything Latchkey kept for this browser is deleted."
      : "What Latchkey kept for this browser is deleted, except for an encrypted copy that still waits for its deletion; Latchkey repeats that by itself until it is done.",
    gone.length === 0 ? "There was no connection." : `Disconnected: ${products}.`,
    "The cookies are cleared.",
  ];
  if (gone.length > 0) {
    sentences.push("The permissions stay listed at the providers until you remove them yourself.");
  }
  return { tone: "good", text: sentences.join(" "), links: removalLinks(gone) };
}

function removalLinks(connections: readonly Connection[]): readonly NoticeLink[] {
  return connections.map(({ provider, manageUrl }) => ({
    href: manageUrl,
    label: `Remove it at ${PROVIDER_NAMES[provider].home}`,
  }));
}
