import { env } from "cloudflare:workers";
import { vi } from "vitest";
import { emulator } from "../journeys/journey-emulator.ts";
import { keeperOf } from "../journeys/kv-copy.ts";
import type { Browser } from "../journeys/open-browser.ts";
import { forceRefresh, readToken } from "../journeys/read-token.ts";
import { storedIn } from "./stored-in.ts";
import { until } from "./until.ts";
import { kvPrototype } from "../journeys/kv-copy.ts";

/** A write that KV kept to itself. */
export interface KeptWrite {
  readonly key: string;
  readonly value: string;
}

/** What happens before it lands, and what callers are told from then on. */
interface Decision {
  readonly decision: string;
  readonly decide: (browser: Browser) => Promise<unknown>;
  readonly told: string;
  readonly records: number;
}

const TOKEN = "200 undefined";

export const DECISIONS: readonly Decision[] = [
  {
    decision: "a refresh",
    decide: async (browser) => forceRefresh(browser, "jira", await readToken(browser, "jira")),
    told: TOKEN,
    records: 1,
  },
  {
    decision: "a disconnect",
    decide: (browser) => browser.call("DELETE", "/connections/jira"),
    told: "401 not_connected",
    records: 0,
  },
  {
    decision: "an erasure",
    decide: (browser) => browser.call("DELETE", "/session"),
    told: "401 not_connected",
    records: 0,
  },
  {
    decision: "the grant's death",
    async decide(browser) {
      await emulator.invalidateRefreshTokens({ provider: "jira" });
      await forceRefresh(browser, "jira", await readToken(browser, "jira"));
    },
    told: "401 reconnect_required",
    records: 0,
  },
  {
    decision: "a consent of somebody else",
    decide: (browser) => browser.connect("jira", { account: "bob" }),
    told: TOKEN,
    records: 1,
  },
  {
    decision: "a disconnect and another consent",
    async decide(browser) {
      await browser.call("DELETE", "/connections/jira");
      await browser.connect("jira", { account: "bob" });
    },
    told: TOKEN,
    records: 1,
  },
  {
    decision: "a consent at the other provider",
    decide: (browser) => browser.connect("bitbucket"),
    told: TOKEN,
    records: 2,
  },
];

/** Connects Jira while KV keeps the write to itself. */
export async function connectWithKeptWrite(browser: Browser): Promise<KeptWrite> {
  const put = vi.spyOn(kvPrototype, "put").mockReturnValueOnce(new Promise(() => undefined));
  await browser.connect("jira");
  await until(() => put.mock.calls.length > 0);
  const [key = "", value] = put.mock.calls[0] ?? [];
  return { key, value: String(value) };
}

/** Until the object has given the write up. */
export function givenUp({ key }: KeptWrite): Promise<void> {
  return until(async () => ((await kvDueIn(key, "jira"))?.failures ?? 0) > 0);
}

/** Until KV has what was decided meanwhile. */
export async function published({ key }: KeptWrite): Promise<void> {
  for (const provider of ["bitbucket", "jira"]) {
    // oxlint-disable-next-line no-await-in-loop -- one after the other
    await until(async () => (await kvDueIn(key, provider))?.isRepeat ?? true);
  }
}

export async function recordsInKv(): Promise<(string | null)[]> {
  const { keys } = await env.TOKENS.list();
  return Promise.all(keys.map(({ name }) => env.TOKENS.get(name)));
}

async function kvDueIn(key: string, provider: string) {
  const row = await storedIn(keeperOf(key), `connection:${provider}`);
  return (row as { kvDue: { failures: number; isRepeat: boolean } | null } | undefined)?.kvDue;
}
