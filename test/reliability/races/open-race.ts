import { reset } from "cloudflare:test";
import { env, exports } from "cloudflare:workers";
import { afterEach, beforeEach, expect, vi } from "vitest";
import { useMovableClock } from "../../journeys/clock.ts";
import { useFreshEmulator } from "../../journeys/journey-emulator.ts";
import { keeperOf, kvKeyOf, kvRecordOf } from "../../journeys/kv-copy.ts";
import { type Browser, openBrowser } from "../../journeys/open-browser.ts";
import { storedIn } from "../stored-in.ts";
import { SEALING_KEY_1 } from "../../worker-bindings.ts";
import { deployKeys } from "../deploy-keys.ts";

/** A person with both connections, another person beside them, and all that was ever answered. */
export interface Race {
  /** Their browser: all its tabs share one jar. */
  readonly person: Browser;
  /** Their cookies and their KV copy of Jira as they were before anything happened. */
  readonly cookies: ReadonlyMap<string, string>;
  /** The key of that copy. */
  readonly key: string;
  readonly record: string;
  readonly stranger: Browser;
  readonly answers: Response[];
  /** How often a refresh was cut off, and may have spent its token: so often it may be sent again. */
  interruptions: number;
  /** How often all objects were stopped. */
  restarts: number;
  readonly keeper: () => ReturnType<typeof keeperOf>;
  readonly row: (name: "owner" | "connection:jira" | "connection:bitbucket") => Promise<Row>;
}

/** A row, as much of it as a race looks at. */
interface Row {
  readonly state?: "live" | "erased";
  readonly status?: "connected" | "dead" | "disconnected";
  readonly version?: number;
  readonly sessionId?: string;
  readonly access?: string;
  readonly kvDue?: { readonly failures: number; readonly isRepeat: boolean } | null;
}

/** Call it at the top of a file of races. */
export function useRaces(): void {
  useFreshEmulator();
  useMovableClock();
  beforeEach(() => deployKeys(`k1:${SEALING_KEY_1}`));
  beforeEach(() => reset());
  afterEach(() => void vi.restoreAllMocks());
}

export async function openRace(): Promise<Race> {
  const answers: Response[] = [];
  const person = openBrowser({
    async fetch(request) {
      const answer = await exports.default.fetch(request);
      answers.push(answer.clone());
      return answer;
    },
  });
  await person.connect("bitbucket", { account: "alice" });
  await person.connect("jira", { account: "alice" });
  const key = await kvKeyOf("jira");
  const row = async (name: string) => ((await storedIn(keeperOf(key), name)) ?? {}) as Row;
  for (const provider of ["bitbucket", "jira"]) {
    await expect.poll(async () => (await row(`connection:${provider}`)).kvDue).toBe(null);
  }
  const record = await kvRecordOf("jira");
  const stranger = openBrowser();
  await stranger.connect("jira", { account: "stranger" });
  await expect.poll(countOfJira).toBe(2);
  return {
    person,
    cookies: new Map(person.cookies),
    key,
    record,
    stranger,
    answers,
    interruptions: 0,
    restarts: 0,
    keeper: () => keeperOf(key),
    row,
  };
}

async function countOfJira(): Promise<number> {
  const { keys } = await env.TOKENS.list();
  return keys.filter(({ name }) => name.endsWith(":jira")).length;
}
