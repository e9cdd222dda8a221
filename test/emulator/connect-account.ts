import { createHash, randomBytes } from "node:crypto";
import { defaultClients } from "./clients.ts";
import type { Provider } from "./emulator-protocol.ts";
import type { Emulator } from "./start-emulator.ts";

/** The fields of a token answer, and the status it came with. */
export interface TokenReply {
  readonly status: number;
  readonly fields: Readonly<Record<string, unknown>>;
}

const SCOPE = "read:jira-work read:jira-user offline_access";

/** The emulator's own tests play Latchkey with these: one authorization URL, as it should be. */
export function authorizationUrl(
  { urls }: Emulator,
  provider: Provider,
  changes: Readonly<Record<string, string | undefined>> = {},
): string {
  const { id, callbacks } = defaultClients[provider];
  const jira = { audience: "api.atlassian.com", prompt: "consent", scope: SCOPE };
  const parameters = {
    client_id: id,
    response_type: "code",
    redirect_uri: callbacks[0],
    state: "state-1",
    ...(provider === "jira" ? jira : {}),
    ...changes,
  };
  const query = Object.entries(parameters).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}=${encodeURIComponent(value)}`],
  );
  const { BITBUCKET_AUTH_URL, ATLASSIAN_AUTH_URL } = urls;
  const base =
    provider === "jira"
      ? `${ATLASSIAN_AUTH_URL}/authorize`
      : `${BITBUCKET_AUTH_URL}/site/oauth2/authorize`;
  return `${base}?${query.join("&")}`;
}

/** Follows the authorization URL to the callback, without calling it. */
export async function callbackOf(url: string): Promise<URL> {
  const response = await fetch(url, { redirect: "manual" });
  return new URL(response.headers.get("location") ?? "about:blank");
}

/** A form post to the token endpoint with the right credentials in the body. */
export async function postToken(
  { urls }: Emulator,
  provider: Provider,
  form: Readonly<Record<string, string>>,
): Promise<TokenReply> {
  const { id, secret } = defaultClients[provider];
  const endpoint =
    provider === "jira"
      ? `${urls.ATLASSIAN_AUTH_URL}/oauth/token`
      : `${urls.BITBUCKET_AUTH_URL}/site/oauth2/access_token`;
  const body = new URLSearchParams({ client_id: id, client_secret: secret, ...form });
  const response = await fetch(endpoint, { method: "POST", body, redirect: "manual" });
  return { status: response.status, fields: (await response.json()) as TokenReply["fields"] };
}

export async function newCode(
  emulator: Emulator,
  provider: Provider,
  changes: Readonly<Record<string, string | undefined>> = {},
): Promise<{ code: string; verifier: string }> {
  const verifier = randomBytes(32).toString("base64url");
  const challenge = createHash("sha256").update(verifier).digest("base64url");
  const pkce = { code_challenge: challenge, code_challenge_method: "S256" };
  const decided = { emulator_decision: "allow", ...pkce, ...changes };
  const callback = await callbackOf(authorizationUrl(emulator, provider, decided));
  return { code: callback.searchParams.get("code") ?? "", verifier };
}

export function exchangeCode(
  emulator: Emulator,
  provider: Provider,
  { code, verifier }: { code: string; verifier: string },
  changes: Readonly<Record<string, string>> = {},
): Promise<TokenReply> {
  return postToken(emulator, provider, {
    grant_type: "authorization_code",
    code,
    redirect_uri: defaultClients[provider].callbacks[0] ?? "",
    code_verifier: verifier,
    ...changes,
  });
}

export interface Pair {
  readonly access: string;
  readonly refresh: string;
}

/** Consents as this account and exchanges the code. */
export async function connectAccount(
  emulator: Emulator,
  provider: Provider,
  changes: Readonly<Record<string, string | undefined>> = {},
): Promise<Pair> {
  return pairOf(await exchangeCode(emulator, provider, await newCode(emulator, provider, changes)));
}

export function refresh(
  emulator: Emulator,
  provider: Provider,
  refreshToken: string,
): Promise<TokenReply> {
  return postToken(emulator, provider, {
    grant_type: "refresh_token",
    refresh_token: refreshToken,
  });
}

export function pairOf({ fields }: TokenReply): Pair {
  return { access: String(fields["access_token"]), refresh: String(fields["refresh_token"]) };
}

/** GETs below a base URL with a bearer token. */
export function callApi(base: string, path: string, token: string): Promise<Response> {
  const headers = { authorization: `Bearer ${token}` };
  return fetch(base + path, { headers, redirect: "manual" });
}
