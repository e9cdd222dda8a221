import { env } from "cloudflare:workers";
import { expect } from "vitest";
import { accountOf } from "../../emulator/accounts.ts";
import { fetchWithBindings } from "../../journeys/fetch-with-bindings.ts";
import { emulator } from "../../journeys/journey-emulator.ts";
import { type Browser, openBrowser } from "../../journeys/open-browser.ts";
import type { Race } from "./open-race.ts";
import type { Leaves } from "./race-decisions.ts";
import { readToken } from "../../journeys/read-token.ts";

/** What each caller is told: the person, who still holds the cookies of before, a KV gone stale. */
export async function judgeAnswers(race: Race, leaves: Leaves): Promise<void> {
  const { person, stranger, cookies } = race;
  await judgeToken(await callForJira(person), leaves);
  await judgeToken(await callForJira(behindStaleKv(race, person.cookies)), leaves);
  const earlier = await callForJira(openBrowser({ cookies: new Map(cookies) }));
  if (earlier.status !== 401) await judgeToken(earlier, leaves);
  await judgeList(person, leaves);

  expect(await emulator.whose(await readToken(stranger, "jira"))).toMatchObject({
    account: "stranger",
    alive: true,
  });
  if (leaves === "erased") return;
  const bitbucket = { provider: "bitbucket", account: "alice", alive: true };
  expect(await emulator.whose(await readToken(person, "bitbucket"))).toMatchObject(bitbucket);
}

/** A token of whom it must be, the newest consent of theirs and alive; or none, and that is said. */
export async function judgeToken(answer: Response, leaves: Leaves): Promise<void> {
  const body = await answer.json<{ access_token?: string; code?: string }>();
  if (leaves === "erased" || leaves === "disconnected") {
    expect([answer.status, body.code]).toEqual([401, "not_connected"]);
    return;
  }
  expect(answer.status).toBe(200);
  const grants = await emulator.grants();
  const newest = grants.findLast((grant) => grant.provider === "jira" && grant.account === leaves);
  expect(await emulator.whose(body.access_token ?? "")).toEqual({
    provider: "jira",
    account: leaves,
    family: newest?.family,
    alive: true,
  });
}

async function judgeList(person: Browser, leaves: Leaves): Promise<void> {
  const list = await person.call("GET", "/connections/jira");
  expect(await list.json()).toMatchObject(
    leaves === "erased" || leaves === "disconnected"
      ? { status: "not_connected" }
      : { status: "connected", account: { id: accountOf(leaves).accountId } },
  );
}

function callForJira(browser: Browser): Promise<Response> {
  return browser.call("GET", "/connections/jira/token");
}

/** Where KV still shows what it showed before anything happened. */
function behindStaleKv({ key, record }: Race, cookies: ReadonlyMap<string, string>): Browser {
  const TOKENS = new Proxy(env.TOKENS, {
    get: (kv, name) =>
      name === "get"
        ? (asked: string) => Promise.resolve(asked === key ? JSON.parse(record) : null)
        : (Reflect.get(kv, name) as unknown),
  });
  return openBrowser({ cookies: new Map(cookies), fetch: fetchWithBindings({ TOKENS }) });
}
