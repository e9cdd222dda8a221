import type { ProviderClient } from "../providers/provider-client.ts";
import { abortAfter } from "../shared/abort-after.ts";
import { isJsonObject, parseJson } from "../shared/json.ts";
import { SECOND_MS } from "../shared/time.ts";
import { providerFetch } from "./provider-fetch.ts";
import { readAnswer } from "./read-answer.ts";
import type { Site } from "./site.ts";

const LOOKUP_TIMEOUT_SECONDS = 5;
/** Cloud ids are UUIDs. They become a part of paths. */
const SITE_ID = /^[\w-]{1,100}$/;

/** Whose grant it is and what it reaches. `null`: could not be learned this time. */
export interface Account {
  readonly accountId: string | null;
  /** `null` also where the provider has no sites. */
  readonly sites: readonly Site[] | null;
}

/** Asks for account and sites, within five seconds altogether. Never throws. */
export function lookUpAccount(client: ProviderClient, accessToken: string): Promise<Account> {
  return abortAfter(LOOKUP_TIMEOUT_SECONDS * SECOND_MS, (signal) =>
    askForAccount(client, accessToken, signal),
  );
}

async function askForAccount(
  client: ProviderClient,
  accessToken: string,
  signal: AbortSignal,
): Promise<Account> {
  const { sitesPath, accountPath, accountIdField } = client.provider;
  const get = (path: string) => getJson(client.apiUrl + path, accessToken, signal);
  const sites = sitesPath === undefined ? null : toSites(await get(sitesPath));
  const siteId = sitesPath === undefined ? "" : sites?.[0]?.id;
  if (siteId === undefined) return { accountId: null, sites };
  return { accountId: textField(await get(accountPath(siteId)), accountIdField), sites };
}

async function getJson(url: string, accessToken: string, signal: AbortSignal): Promise<unknown> {
  const headers = { accept: "application/json", authorization: `Bearer ${accessToken}` };
  const answer = await readAnswer(providerFetch(url, { headers, signal }), signal);
  return answer.kind === "answer" && answer.status === 200 ? parseJson(answer.text) : undefined;
}

function textField(value: unknown, field: string): string | null {
  const text = isJsonObject(value) ? value[field] : undefined;
  return typeof text === "string" && text !== "" ? text : null;
}

/** One entry for each id with a Jira scope: a site's Jira and Confluence come under the same id. */
function toSites(value: unknown): readonly Site[] | null {
  if (!Array.isArray(value)) return null;
  const sites = new Map<string, Site>();
  for (const entry of value) {
    const id = textField(entry, "id");
    if (id !== null && SITE_ID.test(id) && hasJiraScope(entry)) {
      const name = textField(entry, "name") ?? "";
      sites.set(id, { id, name, url: httpsUrl(textField(entry, "url")) });
    }
  }
  return [...sites.values()];
}

function hasJiraScope(entry: unknown): boolean {
  const scopes = isJsonObject(entry) ? entry.scopes : undefined;
  return Array.isArray(scopes) && scopes.some(isJiraScope);
}

function isJiraScope(scope: unknown): boolean {
  return typeof scope === "string" && /jira/i.test(scope);
}

/** A page shows it as a link, so no other scheme passes. */
function httpsUrl(text: string | null): string {
  return text !== null && URL.parse(text)?.protocol === "https:" ? text : "";
}
