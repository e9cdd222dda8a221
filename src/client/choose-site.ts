import type { Connection, Site } from "./connection.ts";
import { LatchkeyError } from "./latchkey-error.ts";

/**
 * The sites that a Jira connection reaches.
 *
 * @throws {LatchkeyError} the problem that a call would meet
 */
export function sitesOf(jira: Connection | undefined): readonly Site[] {
  if (!jira || jira.status === "not_configured") {
    throw new LatchkeyError("provider_not_configured", "This deployment has no Jira.");
  }
  if (jira.status !== "connected") {
    const { status, connectUrl } = jira;
    throw new LatchkeyError(status, "Jira has to be connected first.", { connectUrl });
  }
  if (!jira.sites) {
    const message = "Atlassian has not said yet which sites there are.";
    throw new LatchkeyError("provider_unavailable", message, { retryAfter: 60 });
  }
  return jira.sites;
}

/**
 * The id of the only site.
 *
 * @throws {LatchkeyError} `site_required`, with the choices
 */
export function chooseSite(sites: readonly Site[]): string {
  const [site] = sites;
  if (site && sites.length === 1) return site.id;
  const choices = sites.map(({ name, id }) => `${name} (${id})`).join(", ");
  const message = site
    ? `Name one of the sites: ${choices}.`
    : "This account reaches no Jira site.";
  throw new LatchkeyError("site_required", message, { sites });
}
