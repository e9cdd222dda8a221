import type { ProviderClient } from "./providers/provider-client.ts";
import type { Provider, ProviderId } from "./providers/provider.ts";
import { PROVIDERS } from "./providers/providers.ts";
import { type Keyring, parseKeyring } from "./vault/keyring.ts";

const DEFAULT_JIRA_SCOPES = "read:jira-work read:jira-user offline_access";
const DEFAULT_SESSION_DAYS = 30;
const MAX_SESSION_DAYS = 400;

/** The checked configuration of a deployment. */
export interface Config {
  /** The Worker's own origin as browsers see it. */
  readonly publicOrigin: string;
  /** Origins that may call and be returned to; the Worker's own among them. */
  readonly allowedOrigins: ReadonlySet<string>;
  readonly keyring: Keyring;
  /** `undefined` for a provider that is not configured. */
  readonly clients: Readonly<Record<ProviderId, ProviderClient | undefined>>;
  readonly sessionDays: number;
  readonly tokenEndpoint: boolean;
}

type Reading =
  | { readonly config: Config; readonly problems?: never }
  /** `shown`: the deployment is on loopback, so whoever sees the problems is its developer. */
  | { readonly config?: never; readonly problems: readonly string[]; readonly shown: boolean };

const readings = new WeakMap<object, Reading>();

/** The configuration in the bindings, checked once for each set of them. Any fault closes all. */
export function readConfig(env: Env): Reading {
  const known = readings.get(env);
  if (known) return known;
  const reading = checkConfig(env);
  readings.set(env, reading);
  return reading;
}

function checkConfig(env: Env): Reading {
  const problems: string[] = [];
  const settings = env as unknown as Readonly<Record<string, unknown>>;
  const text = (name: string): string => {
    const value = settings[name];
    if (value === undefined || typeof value === "string") return value?.trim() ?? "";
    problems.push(`${name}: must be a text`);
    return "";
  };
  const report = (name: string, problem: string) => problems.push(`${name}: ${problem}`);

  for (const name of ["TOKENS", "TOKEN_KEEPER", "FLOW_LIMIT"]) {
    if (typeof settings[name] !== "object" || settings[name] === null) {
      report(name, "the binding is missing");
    }
  }
  const publicOrigin = readOrigin(text("PUBLIC_URL"));
  if (publicOrigin === undefined) report("PUBLIC_URL", ORIGIN_RULE);
  const appOrigins = text("APP_ORIGINS")
    .split(/\s+/)
    .filter(Boolean)
    .map((value) => (value.endsWith("/") ? undefined : readOrigin(value)));
  if (appOrigins.includes(undefined)) report("APP_ORIGINS", `each ${ORIGIN_RULE}`);
  const { keyring, problems: keyringProblems } = parseKeyring(text("SEALING_KEYS"));
  problems.push(...(keyringProblems ?? []));
  const sessionDays = readSessionDays(text("SESSION_DAYS"));
  if (sessionDays === undefined) {
    report("SESSION_DAYS", `must be a whole number from 1 to ${MAX_SESSION_DAYS}`);
  }
  const tokenEndpoint = text("TOKEN_ENDPOINT") || "on";
  if (!["on", "off"].includes(tokenEndpoint)) report("TOKEN_ENDPOINT", "must be on or off");

  const readClient = (
    provider: Provider,
    prefix: string,
    defaultAuthUrl: string,
    defaultApiUrl: string,
    scope: string,
  ): ProviderClient | undefined => {
    const clientId = text(`${prefix}_CLIENT_ID`);
    const clientSecret = text(`${prefix}_CLIENT_SECRET`);
    if ((clientId === "") !== (clientSecret === "")) {
      report(`${prefix}_CLIENT_ID, ${prefix}_CLIENT_SECRET`, "set both, or neither");
    }
    const baseUrl = (name: string, fallback: string) => {
      const value = text(name) || fallback;
      if (!isBaseUrl(value)) report(name, BASE_URL_RULE);
      return value;
    };
    const issuer = baseUrl(`${prefix}_AUTH_URL`, defaultAuthUrl);
    const apiUrl = baseUrl(`${prefix}_API_URL`, defaultApiUrl);
    if (clientId === "" || clientSecret === "") return undefined;
    return {
      provider,
      clientId,
      clientSecret,
      issuer,
      authUrl: issuer.replace(/\/+$/, ""),
      apiUrl: apiUrl.replace(/\/+$/, ""),
      redirectUri: `${publicOrigin}/auth/${provider.id}/callback`,
      scope,
    };
  };
  const { bitbucket, jira } = PROVIDERS;
  const clients = {
    bitbucket: readClient(
      bitbucket,
      "BITBUCKET",
      "https://bitbucket.org",
      "https://api.bitbucket.org",
      "",
    ),
    jira: readClient(
      jira,
      "ATLASSIAN",
      "https://auth.atlassian.com",
      "https://api.atlassian.com",
      withOfflineAccess(text("JIRA_SCOPES") || DEFAULT_JIRA_SCOPES),
    ),
  };

  if (problems.length > 0 || !publicOrigin || !keyring || sessionDays === undefined) {
    return { problems, shown: publicOrigin !== undefined && isLoopback(new URL(publicOrigin)) };
  }
  const allowedOrigins = new Set([publicOrigin]);
  for (const origin of appOrigins) if (origin) allowedOrigins.add(origin);
  return {
    config: {
      publicOrigin,
      allowedOrigins,
      keyring,
      clients,
      sessionDays,
      tokenEndpoint: tokenEndpoint === "on",
    },
  };
}

const ORIGIN_RULE = "must be an origin such as https://auth.example.com (http: only for loopback)";
const BASE_URL_RULE = "must be an https: URL without query or fragment (http: only for loopback)";

/** The origin in a text that is one, and nothing more. */
function readOrigin(text: string): string | undefined {
  const url = URL.parse(text);
  if (!url || !isSecure(url) || url.username !== "" || url.password !== "") return undefined;
  return url.href === `${url.origin}/` && [url.origin, url.href].includes(text.toLowerCase())
    ? url.origin
    : undefined;
}

function isBaseUrl(text: string): boolean {
  const url = URL.parse(text);
  if (!url || !isSecure(url) || url.username !== "" || url.password !== "") return false;
  return !/[?#\s\\]/.test(text);
}

function isSecure(url: URL): boolean {
  return url.protocol === "https:" || (url.protocol === "http:" && isLoopback(url));
}

function isLoopback({ hostname }: URL): boolean {
  return (
    hostname === "localhost" ||
    hostname.endsWith(".localhost") ||
    /^127\.\d+\.\d+\.\d+$/.test(hostname) ||
    hostname === "[::1]"
  );
}

function readSessionDays(text: string): number | undefined {
  if (text === "") return DEFAULT_SESSION_DAYS;
  const days = /^\d{1,3}$/.test(text) ? Number(text) : 0;
  return days >= 1 && days <= MAX_SESSION_DAYS ? days : undefined;
}

function withOfflineAccess(scopes: string): string {
  const list = scopes.split(/\s+/);
  return [...new Set([...list, "offline_access"])].join(" ");
}
