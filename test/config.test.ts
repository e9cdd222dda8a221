import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import { readConfig } from "../src/config.ts";
import { defaultClients } from "./emulator/clients.ts";
import { FAULTY_SETTINGS, SECRETS } from "./http/faulty-settings.ts";
import { APP_ORIGIN, PUBLIC_URL, SEALING_KEY_1, SEALING_KEY_2 } from "./worker-bindings.ts";

const read = (changes: Readonly<Record<string, unknown>> = {}) =>
  readConfig({ ...env, ...changes } as Env);
const configOf = (changes: Readonly<Record<string, unknown>> = {}) => {
  const { config, problems } = read(changes);
  if (!config) throw new Error(problems.join("; "));
  return config;
};

/** Nothing but what has no default. */
const DEFAULTS = {
  APP_ORIGINS: "",
  BITBUCKET_AUTH_URL: undefined,
  BITBUCKET_API_URL: undefined,
  ATLASSIAN_AUTH_URL: undefined,
  ATLASSIAN_API_URL: undefined,
};

test("what is not set has the documented default", () => {
  const { clients, ...config } = configOf(DEFAULTS);
  expect(config).toMatchObject({
    publicOrigin: PUBLIC_URL,
    allowedOrigins: new Set([PUBLIC_URL]),
    sessionDays: 30,
    tokenEndpoint: true,
  });
  expect(clients.bitbucket).toMatchObject({
    issuer: "https://bitbucket.org",
    authUrl: "https://bitbucket.org",
    apiUrl: "https://api.bitbucket.org",
    redirectUri: `${PUBLIC_URL}/auth/bitbucket/callback`,
  });
  expect(clients.jira).toMatchObject({
    issuer: "https://auth.atlassian.com",
    authUrl: "https://auth.atlassian.com",
    apiUrl: "https://api.atlassian.com",
    redirectUri: `${PUBLIC_URL}/auth/jira/callback`,
    scope: "read:jira-work read:jira-user offline_access",
  });
});

test.each(FAULTY_SETTINGS)("$what is refused, and named", ({ changes, names }) => {
  const { config, problems } = read(changes);
  expect(config).toBeUndefined();
  const named = new RegExp(`^${names}\\b`);
  expect(problems?.filter((problem) => named.test(problem))).not.toStrictEqual([]);
  expect(problems?.filter((problem) => !named.test(problem))).toStrictEqual([]);
});

test("all problems are named at once, and no secret with them", () => {
  const everything = Object.assign({}, ...FAULTY_SETTINGS.map((fault) => fault.changes));
  const told = read({
    ...everything,
    SEALING_KEYS: `k1:${SEALING_KEY_2}x`,
    BITBUCKET_CLIENT_ID: "",
    BITBUCKET_CLIENT_SECRET: defaultClients.bitbucket.secret,
    ATLASSIAN_CLIENT_ID: "",
    ATLASSIAN_CLIENT_SECRET: defaultClients.jira.secret,
  }).problems;
  for (const { names } of FAULTY_SETTINGS) {
    expect(told).toContainEqual(expect.stringMatching(new RegExp(`^${names}\\b`)));
  }
  for (const secret of SECRETS) expect(told?.join()).not.toContain(secret);
});

test.each([
  ["https://auth.example.com", "https://auth.example.com"],
  ["https://auth.example.com/", "https://auth.example.com"],
  ["  https://auth.example.com\n", "https://auth.example.com"],
  ["HTTPS://Auth.Example.com/", "https://auth.example.com"],
  ["https://auth.example.com:8443", "https://auth.example.com:8443"],
  ["http://localhost:8787", "http://localhost:8787"],
  ["http://latchkey.localhost:8787/", "http://latchkey.localhost:8787"],
  ["http://127.0.0.1", "http://127.0.0.1"],
  ["http://127.8.9.10:1", "http://127.8.9.10:1"],
  ["http://[::1]:8787", "http://[::1]:8787"],
])("PUBLIC_URL may be %j", (text, origin) => {
  expect(configOf({ PUBLIC_URL: text }).publicOrigin).toBe(origin);
});

test.each([
  ["", []],
  [" \n", []],
  [APP_ORIGIN, [APP_ORIGIN]],
  [`${APP_ORIGIN}  https://b.example.com:8443\n`, [APP_ORIGIN, "https://b.example.com:8443"]],
  [
    "http://localhost:5173 http://127.0.0.1:5173",
    ["http://localhost:5173", "http://127.0.0.1:5173"],
  ],
  [`${PUBLIC_URL} ${PUBLIC_URL}`, []],
])("APP_ORIGINS may be %j", (text, origins) => {
  expect([...configOf({ APP_ORIGINS: text }).allowedOrigins]).toStrictEqual([
    PUBLIC_URL,
    ...origins,
  ]);
});

test.each([
  ["1", 1],
  ["30", 30],
  ["400", 400],
  ["", 30],
])("SESSION_DAYS may be %j", (text, days) => {
  expect(configOf({ SESSION_DAYS: text }).sessionDays).toBe(days);
});

test("TOKEN_ENDPOINT can be switched off", () => {
  expect(configOf({ TOKEN_ENDPOINT: "off" }).tokenEndpoint).toBe(false);
  expect(configOf({ TOKEN_ENDPOINT: "on" }).tokenEndpoint).toBe(true);
});

test.each([
  ["offline_access", "offline_access"],
  ["read:jira-work", "read:jira-work offline_access"],
  [
    "read:jira-work offline_access write:jira-work",
    "read:jira-work offline_access write:jira-work",
  ],
  ["read:jira-work\n  read:jira-work", "read:jira-work offline_access"],
])("JIRA_SCOPES %j asks for %j", (text, scope) => {
  expect(configOf({ JIRA_SCOPES: text }).clients.jira?.scope).toBe(scope);
});

test("a provider without credentials is not configured, the other one is", () => {
  const none = { BITBUCKET_CLIENT_ID: undefined, BITBUCKET_CLIENT_SECRET: undefined };
  const { clients } = configOf(none);
  expect(clients.bitbucket).toBeUndefined();
  expect(clients.jira).toBeDefined();
  const neither = { ...none, ATLASSIAN_CLIENT_ID: "", ATLASSIAN_CLIENT_SECRET: "" };
  expect(configOf(neither).clients).toStrictEqual({ bitbucket: undefined, jira: undefined });
});

test("ids and secrets have any length", () => {
  for (const length of [1, 18, 32, 76, 2_500]) {
    const credentials = {
      ATLASSIAN_CLIENT_ID: "i".repeat(length),
      ATLASSIAN_CLIENT_SECRET: "s".repeat(length),
    };
    expect(configOf(credentials).clients.jira?.clientSecret).toHaveLength(length);
  }
});

test("a base URL keeps its path; the issuer is the setting to the letter", () => {
  const jira = configOf({ ATLASSIAN_AUTH_URL: "https://auth.example.org/atlassian/" }).clients.jira;
  expect(jira?.authUrl).toBe("https://auth.example.org/atlassian");
  expect(jira?.issuer).toBe("https://auth.example.org/atlassian/");
});

test("the first sealing key seals", () => {
  const { keyring } = configOf({ SEALING_KEYS: `new:${SEALING_KEY_2}, k1:${SEALING_KEY_1}` });
  expect(keyring.sealingKeyId).toBe("new");
});

test("problems may be shown on loopback, and nowhere else", () => {
  const broken = { SESSION_DAYS: "0" };
  expect(read({ ...broken, PUBLIC_URL: "http://localhost:8787" })).toMatchObject({ shown: true });
  expect(read({ ...broken, PUBLIC_URL: "https://127.0.0.1" })).toMatchObject({ shown: true });
  expect(read({ ...broken, PUBLIC_URL: "https://localhost.example.com" })).toMatchObject({
    shown: false,
  });
  expect(read(broken)).toMatchObject({ shown: false });
  expect(read({ PUBLIC_URL: "http://localhost:8787/path" })).toMatchObject({ shown: false });
});

test("bindings are checked once for each set of them", () => {
  const bindings = { ...env } as Env;
  expect(readConfig(bindings)).toBe(readConfig(bindings));
});
