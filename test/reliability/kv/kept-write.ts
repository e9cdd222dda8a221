import { env } from "cloudflare:workers";
import { vi } from "vitest";
import { keeperOf, kvPrototype } from "../../journeys/kv-copy.ts";
import type { Browser } from "../../journeys/open-browser.ts";
import { storedIn } from "../stored-in.ts";
import { until } from "../until.ts";

/** A write that KV kept to itself. */
export interface KeptWrite {
  readonly key: string;
  /** `null`: it deletes. */
  readonly value: string | null;
}

/** Connects Jira while KV keeps the write to itself. */
export async function connectWithKeptWrite(browser: Browser): Promise<KeptWrite> {
  const put = vi.spyOn(kvPrototype, "put").mockReturnValueOnce(new Promise(() => undefined));
  await browser.connect("jira");
  await until(() => put.mock.calls.length > 0);
  const [key = "", value] = put.mock.calls[0] ?? [];
  return { key, value: String(value) };
}

/** Disconnects Jira while KV keeps the deletion to itself; its caller may be answered much later. */
export async function disconnectWithKeptDelete(browser: Browser) {
  const erase = vi.spyOn(kvPrototype, "delete").mockReturnValueOnce(new Promise(() => undefined));
  const answered = browser.call("DELETE", "/connections/jira");
  await until(() => erase.mock.calls.length > 0);
  const [key = ""] = erase.mock.calls[0] ?? [];
  return { write: { key, value: null }, answered };
}

/** KV does what it was asked a while ago. */
export async function land({ key, value }: KeptWrite): Promise<void> {
  await (value === null ? env.TOKENS.delete(key) : env.TOKENS.put(key, value));
}

/** Until the object has given the write up. */
export function givenUp({ key }: KeptWrite): Promise<void> {
  return until(async () => ((await kvDueIn(key, "jira"))?.failures ?? 0) > 0);
}

/** Until KV has what was decided meanwhile. */
export async function published({ key }: KeptWrite): Promise<void> {
  for (const provider of ["bitbucket", "jira"]) {
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
