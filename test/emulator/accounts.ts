import { deterministicUuid } from "./deterministic-uuid.ts";

export interface EmulatedSite {
  readonly id: string;
  readonly name: string;
  readonly url: string;
  readonly products: readonly ("jira" | "confluence")[];
}

export interface EmulatedAccount {
  readonly login: string;
  /** Bitbucket's `account_id` and Jira's `accountId`. */
  readonly accountId: string;
  /** Bitbucket's `uuid`, with its braces. */
  readonly uuid: string;
  readonly displayName: string;
  readonly email: string;
  readonly sites: readonly EmulatedSite[];
}

/** Every login is an account. One that begins with `nosites` has no Atlassian site. */
export function accountOf(login: string): EmulatedAccount {
  return {
    login,
    accountId: `712020:${deterministicUuid(`account ${login}`)}`,
    uuid: `{${deterministicUuid(`bitbucket ${login}`)}}`,
    displayName: `Canary Name of ${login}`,
    email: `canary-mail-${login}@example.invalid`,
    sites: login.startsWith("nosites") ? [] : SITES.map((site) => siteOf(login, site)),
  };
}

interface SiteTemplate {
  readonly slug: string;
  readonly name: string;
  readonly products: EmulatedSite["products"];
}

/** What the consent page offers; `emulator_sites` takes these slugs as well as ids. */
export const SITES: readonly SiteTemplate[] = [
  { slug: "acme", name: "Acme", products: ["confluence", "jira"] },
  { slug: "globex", name: "Globex", products: ["jira"] },
  { slug: "wiki", name: "Initech Wiki", products: ["confluence"] },
];

/** An id that the account does not have becomes a site of its own, so that accounts can share one. */
export function pickSites(login: string, slugsOrIds: readonly string[]): EmulatedSite[] {
  const { sites } = accountOf(login);
  return slugsOrIds.map((wanted) => {
    const index = SITES.findIndex((site) => site.slug === wanted);
    const known = index < 0 ? sites.find((site) => site.id === wanted) : sites[index];
    return known ?? { id: wanted, name: wanted, url: siteUrl(wanted), products: ["jira"] };
  });
}

function siteOf(login: string, { slug, name, products }: SiteTemplate): EmulatedSite {
  const id = deterministicUuid(`site ${slug} ${login}`);
  return { id, name, url: siteUrl(`${slug}-${login}`), products };
}

function siteUrl(label: string): string {
  return `https://${encodeURIComponent(label.toLowerCase())}.atlassian.net`;
}
