import type { ProviderClient } from "./providers/provider-client.ts";
import type { Provider, ProviderId } from "./providers/provider.ts";
import { PROVIDERS } from "./providers/providers.ts";
import { isBaseUrl, isLoopback, readOrigin } from "./shared/check-url.ts";
import { logEvent } from "./shared/log-event.ts";
import { readSessionDays, SESSION_DAYS_RULE } from "./shared/read-session-days.ts";
import { type Keyring, parseKeyring } from "./vault/keyring.ts";

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

const BINDINGS = ["TOKENS", "TOKEN_KEEPER", "FLOW_LIMIT"];
const ORIGIN_RULE = "must be an origin such as https://auth.example.com (http: only for loopback)";
const BASE_URL_RULE = "must be an https: URL without query or fragment (http: only for loopback)";

/** Where a provider's settings stand, and what holds without them. */
const CLIENT_SETTINGS = {
  bitbucket: {
    prefix: "BITBUCKET",
    authUrl: "https://bitbucket.org",
    apiUrl: "https://api.bitbucket.org",
  },
  jira: {
    prefix: "ATLASSIAN",
    authUrl: "https://auth.atlassian.com",
    apiUrl: "https://api.atlassian.com",
  },
} as const satisfies Record<ProviderId, unknown>;
const DEFAULT_JIRA_SCOPES = "read:jira-work read:jira-user offline_access";

const readings = new WeakMap<object, Reading>();

/** The configuration in the bindings, checked once for each set of them. Any fault closes all. */
export function readConfig(env: Env): Reading {
  const known = readings.get(env);
  if (known) return known;
  const reading = checkConfig(env as unknown as Readonly<Record<string, unknown>>);
  readings.set(env, reading);
  const { problems } = reading;
  if (problems) logEvent("error", "misconfigured", { problems: problems.join("; ") });
  return reading;
}

type Settings = Readonly<Record<string, unknown>>;
type Report = (name: string, problem: string) => void;

function checkConfig(settings: Settings): Reading {
  const problems: string[] = [];
  const report: Report = (name, problem) => problems.push(`${name}: ${problem}`);
  for (const name of BINDINGS) if (!settings[name]) report(name, "the binding is missing");
  const text = (name: string) => readText(settings, name, report);

  const publicOrigin = readOrigin(text("PUBLIC_URL"));
  if (publicOrigin === undefined) report("PUBLIC_URL", ORIGIN_RULE);
  const appOrigins = readAppOrigins(text("APP_ORIGINS"));
  if (!appOrigins) report("APP_ORIGINS", `each ${ORIGIN_RULE}, without a path`);
  const { keyring, problems: keyringProblems = [] } = parseKeyring(text("SEALING_KEYS"));
  problems.push(...keyringProblems);
  const sessionDays = readSessionDays(text("SESSION_DAYS"));
  if (!sessionDays) report("SESSION_DAYS", SESSION_DAYS_RULE);
  const tokenEndpoint = text("TOKEN_ENDPOINT") || "on";
  if (!["on", "off"].includes(tokenEndpoint)) report("TOKEN_ENDPOINT", "must be on or off");
  const readClient = (provider: Provider, scope: string) =>
    checkClient(provider, scope, publicOrigin ?? "", text, report);
  const clients = {
    bitbucket: readClient(PROVIDERS.bitbucket, ""),
    jira: readClient(PROVIDERS.jira, withOfflineAccess(text("JIRA_SCOPES") || DEFAULT_JIRA_SCOPES)),
  };

  if (problems.length > 0 || !publicOrigin || !appOrigins || !keyring || !sessionDays) {
    return { problems, shown: publicOrigin !== undefined && isLoopback(new URL(publicOrigin)) };
  }
  const allowedOrigins = new Set([publicOrigin, ...appOrigins]);
  const config = { publicOrigin, allowedOrigins, keyring, clients, sessionDays };
  return { config: { ...config, tokenEndpoint: tokenEndpoint === "on" } };
}

function readText(settings: Settings, name: string, report: Report): string {
  const value = settings[name] ?? "";
  if (typeof value === "string") return value.trim();
  report(name, "must be a text");
  return "";
}

/** Exact origins, separated by white space; `undefined` when one of them is none. */
function readAppOrigins(text: string): readonly string[] | undefined {
  const origins: string[] = [];
  for (const part of text.split(/\s+/).filter(Boolean)) {
    const origin = part.endsWith("/") ? undefined : readOrigin(part);
    if (origin === undefined) return undefined;
    origins.push(origin);
  }
  return origins;
}

/** Without it Atlassian gives no refresh token. */
function withOfflineAccess(scopes: string): string {
  return [...new Set([...scopes.split(/\s+/), "offline_access"])].join(" ");
}

function checkClient(
  provider: Provider,
  scope: string,
  publicOrigin: string,
  text: (name: string) => string,
  report: Report,
): ProviderClient | undefined {
  const { prefix, ...defaults } = CLIENT_SETTINGS[provider.id];
  const clientId = text(`${prefix}_CLIENT_ID`);
  const clientSecret = text(`${prefix}_CLIENT_SECRET`);
  if ((clientId === "") !== (clientSecret === "")) {
    report(`${prefix}_CLIENT_ID, ${prefix}_CLIENT_SECRET`, "set both, or neither");
  }
  const issuer = text(`${prefix}_AUTH_URL`) || defaults.authUrl;
  const apiUrl = text(`${prefix}_API_URL`) || defaults.apiUrl;
  if (!isBaseUrl(issuer)) report(`${prefix}_AUTH_URL`, BASE_URL_RULE);
  if (!isBaseUrl(apiUrl)) report(`${prefix}_API_URL`, BASE_URL_RULE);
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
}
