import type { Notice, NoticeLink } from "./notice.ts";
import { PROVIDER_NAMES } from "./provider-names.ts";
import type { Connection } from "./read-connections.ts";

/** Tells what `DELETE /connections/{provider}` did. `null` when the body does not say it deleted. */
export function describeDisconnect(connection: Connection, receipt: unknown): Notice | null {
  if (!has(receipt, "local", "deleted")) return null;
  const { product, home } = PROVIDER_NAMES[connection.provider];
  return {
    tone: "good",
    text: `${product} is disconnected: Latchkey has deleted its access. ${home} offers no way to withdraw the permission from here, so it stays listed there until you remove it yourself.`,
    links: removalLinks([connection]),
  };
}

/**
 * Tells what `DELETE /session` did. `null` when the body does not say it deleted.
 *
 * @param connections as they were before, for the addresses where permissions can be removed
 */
export function describeForget(
  connections: readonly Connection[],
  receipt: unknown,
): Notice | null {
  if (!has(receipt, "object", "deleted")) return null;
  const listed: readonly unknown[] =
    "connections" in receipt && Array.isArray(receipt.connections) ? receipt.connections : [];
  const gone = connections.filter(({ provider }) => listed.includes(provider));
  const products = gone.map(({ provider }) => PROVIDER_NAMES[provider].product).join(" and ");

  const sentences = [
    has(receipt, "kv", "deleted")
      ? "Everything Latchkey kept for this browser is deleted."
      : "What Latchkey kept for this browser is deleted, except for an encrypted copy that still waits for its deletion; Latchkey repeats that by itself until it is done.",
    gone.length === 0 ? "There was no connection." : `Disconnected: ${products}.`,
  ];
  if (has(receipt, "cookies", "cleared")) sentences.push("The cookies are cleared.");
  if (gone.length > 0) {
    sentences.push("The permissions stay listed at the providers until you remove them yourself.");
  }
  return { tone: "good", text: sentences.join(" "), links: removalLinks(gone) };
}

function removalLinks(connections: readonly Connection[]): readonly NoticeLink[] {
  return connections.flatMap(({ provider, manageUrl }) =>
    manageUrl === null
      ? []
      : [{ href: manageUrl, label: `Remove it at ${PROVIDER_NAMES[provider].home}` }],
  );
}

function has(receipt: unknown, name: string, value: string): receipt is object {
  return (
    typeof receipt === "object" &&
    receipt !== null &&
    (receipt as Record<string, unknown>)[name] === value
  );
}
