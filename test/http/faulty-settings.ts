import { defaultClients } from "../emulator/clients.ts";
import { SEALING_KEY_1, SEALING_KEY_2 } from "../worker-bindings.ts";

/** One fault of a configuration. `undefined` takes a setting away. */
export interface FaultySetting {
  readonly what: string;
  readonly changes: Readonly<Record<string, unknown>>;
  /** How the problem begins that names it. */
  readonly names: string;
}

function faults(name: string, values: readonly unknown[], names = name): FaultySetting[] {
  return values.map((value, index) => ({
    // A test's name is printed, and the output is searched for keys.
    what: `${name} ${name === "SEALING_KEYS" ? `no. ${index + 1}` : JSON.stringify(value)}`,
    changes: { [name]: value },
    names,
  }));
}

const NO_ORIGINS = [
  "auth.example.com",
  "https://auth.example.com/latchkey",
  "https://auth.example.com//",
  "https://auth.example.com/?x=1",
  "https://auth.example.com?",
  "https://auth.example.com#",
  "https://user:password@auth.example.com",
  "http://auth.example.com",
  "http://localhost.example.com",
  "http://127.0.0.1.example.com",
  "http://10.0.0.1",
  "ftp://auth.example.com",
  "javascript:alert(1)",
  "blob:https://auth.example.com",
  "https://auth.example.com\\",
  "https://auth exam.ple",
  "https://",
  "null",
  "*",
];

const NO_BASE_URLS = [
  "bitbucket.org",
  "http://bitbucket.org",
  "http://localhost.evil.example",
  "ftp://bitbucket.org",
  "https://user@bitbucket.org",
  "https://:password@bitbucket.org",
  "https://bitbucket.org?x=1",
  "https://bitbucket.org#x",
  "https://bitbucket.org/a b",
  "https://bitbucket.org\\x",
  "//bitbucket.org",
  "https://",
  "data:,x",
];

const NO_KEYS = [
  "",
  undefined,
  SEALING_KEY_1,
  "k1:",
  `k1:${SEALING_KEY_1}A`,
  `k1:${SEALING_KEY_1.slice(0, -2)}`,
  `k1:${SEALING_KEY_1}=`,
  `k1:${"A".repeat(43)}`,
  `k1:${SEALING_KEY_1},k1:${SEALING_KEY_2}`,
  `k1:${SEALING_KEY_1},`,
  `k1:${SEALING_KEY_1} k2:${SEALING_KEY_2}`,
  `:${SEALING_KEY_1}`,
];

/** Every setting, missing where it must not be and malformed in the ways people malform it. */
export const FAULTY_SETTINGS: readonly FaultySetting[] = [
  ...faults("PUBLIC_URL", [undefined, "", "  ", 1, ...NO_ORIGINS]),
  ...faults("APP_ORIGINS", [
    7,
    ...NO_ORIGINS.filter((text) => !text.includes(" ")),
    "https://app.example.com/",
    "https://*.example.com",
    "https://app.example.com,https://b.example.com",
    "https://app.example.com;",
    "https://app.example.com https://b.example.com/path",
    '"https://app.example.com"',
  ]),
  ...faults("SEALING_KEYS", NO_KEYS),
  ...faults("SESSION_DAYS", ["0", "401", "-1", "1.5", "1e2", "30 days", "0x1e", "٣", 30]),
  ...faults("TOKEN_ENDPOINT", ["ON", "true", "0", "yes", "off,", false]),
  ...faults("BITBUCKET_AUTH_URL", NO_BASE_URLS),
  ...faults("BITBUCKET_API_URL", NO_BASE_URLS),
  ...faults("ATLASSIAN_AUTH_URL", NO_BASE_URLS),
  ...faults("ATLASSIAN_API_URL", NO_BASE_URLS),
  ...faults("BITBUCKET_CLIENT_ID", [undefined, "", " "]),
  ...faults("BITBUCKET_CLIENT_SECRET", [undefined, ""], "BITBUCKET_CLIENT_ID"),
  ...faults("ATLASSIAN_CLIENT_ID", [undefined, ""]),
  ...faults("ATLASSIAN_CLIENT_SECRET", [undefined, "", " \n"], "ATLASSIAN_CLIENT_ID"),
  ...faults("TOKENS", [undefined, null]),
  ...faults("TOKEN_KEEPER", [undefined, null]),
  ...faults("FLOW_LIMIT", [undefined, null]),
];

/** What must never be told, whatever is wrong with it. */
export const SECRETS: readonly string[] = [
  SEALING_KEY_1.slice(0, 12),
  SEALING_KEY_2.slice(0, 12),
  defaultClients.bitbucket.secret,
  defaultClients.jira.secret,
];
