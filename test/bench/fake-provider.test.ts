import { once } from "node:events";
import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import {
  createFakeProvider,
  type FakeProvider,
  NONCE_FOLLOWS,
} from "../../bench/provider/fake-provider.ts";

/** What the provider waits with. */
const clock = vi.hoisted(() => ({ wait: async (_ms: number): Promise<void> => {} }));
vi.mock("node:timers/promises", () => ({ setTimeout: (ms: number) => clock.wait(ms) }));

interface Granted {
  readonly access_token: string;
  readonly refresh_token: string;
  readonly expires_in: number;
  readonly id_token?: string;
}

let provider: FakeProvider;
let server: Server;

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ["Date"] });
  // Over at once, and its time has passed.
  clock.wait = async (ms) => pass(ms);
  provider = createFakeProvider();
  server = createServer(provider.answer);
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
});

afterEach(() => {
  server.close();
  vi.useRealTimers();
});

function pass(ms: number): void {
  vi.setSystemTime(Date.now() + ms);
}

function url(path: string): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`;
}

async function ask(parameters: Record<string, string>): Promise<Response> {
  return fetch(url("/oauth/token"), { method: "POST", body: new URLSearchParams(parameters) });
}

async function redeem(code: string): Promise<Granted> {
  const answer = await ask({ grant_type: "authorization_code", code });
  expect(answer.status).toBe(200);
  return (await answer.json()) as Granted;
}

async function refresh(refreshToken: string): Promise<Response> {
  return ask({ grant_type: "refresh_token", refresh_token: refreshToken });
}

async function refreshed(refreshToken: string): Promise<Granted> {
  const answer = await refresh(refreshToken);
  expect(answer.status).toBe(200);
  return (await answer.json()) as Granted;
}

test("a code is good once", async () => {
  const code = provider.issueCode();
  await redeem(code);
  const again = await ask({ grant_type: "authorization_code", code });
  expect(again.status).toBe(403);
});

test("every refresh brings a new pair, and both access tokens are good", async () => {
  const first = await redeem(provider.issueCode());
  const second = await refreshed(first.refresh_token);
  const third = await refreshed(second.refresh_token);
  expect(new Set([first, second, third].map((granted) => granted.refresh_token)).size).toBe(3);
  expect(provider.accepts(first.access_token)).toBe(true);
  expect(provider.accepts(third.access_token)).toBe(true);
  expect(provider.refreshes).toBe(2);
});

test("a refresh token's second use ends the family, its newest tokens included", async () => {
  const first = await redeem(provider.issueCode());
  const second = await refreshed(first.refresh_token);
  expect((await refresh(first.refresh_token)).status).toBe(403);
  expect(provider.accepts(second.access_token)).toBe(false);
  expect((await refresh(second.refresh_token)).status).toBe(403);
  expect(provider.refreshes).toBe(3);
});

test("a family ends alone", async () => {
  const [one, other] = [await redeem(provider.issueCode()), await redeem(provider.issueCode())];
  await refreshed(one.refresh_token);
  await refresh(one.refresh_token);
  expect(provider.accepts(other.access_token)).toBe(true);
});

test("of two refreshes at once the first that arrives is granted, and the second ends it", async () => {
  const { refresh_token } = await redeem(provider.issueCode());
  provider.latencyMs = 50;
  const both = Promise.withResolvers<void>();
  let waiting = 0;
  clock.wait = async () => {
    waiting += 1;
    if (waiting === 2) both.resolve();
    await both.promise;
  };
  const answers = await Promise.all([refresh(refresh_token), refresh(refresh_token)]);
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200, 403]));
  const granted = (await answers.find(({ ok }) => ok)?.json()) as Granted;
  expect(provider.accepts(granted.access_token)).toBe(false);
});

test("a refresh token that it never issued is refused and counted", async () => {
  expect((await refresh("made-up")).status).toBe(403);
  expect(provider.refreshes).toBe(1);
});

test("an access token ends when its lifetime does, counted from the answer", async () => {
  provider.latencyMs = 300;
  const { access_token, expires_in } = await redeem(provider.issueCode(0.2));
  expect(expires_in).toBe(0.2);
  expect(provider.accepts(access_token)).toBe(true);
  pass(199);
  expect(provider.accepts(access_token)).toBe(true);
  pass(1);
  expect(provider.accepts(access_token)).toBe(false);
});

test("what a refresh brings lives as long as was set", async () => {
  const { refresh_token } = await redeem(provider.issueCode());
  provider.refreshedLifetimeSeconds = 0;
  const granted = await refreshed(refresh_token);
  expect(provider.accepts(granted.access_token)).toBe(false);
});

test("the token endpoint takes as long as was set", async () => {
  provider.latencyMs = 100;
  const [waiting, over] = [Promise.withResolvers<number>(), Promise.withResolvers<void>()];
  clock.wait = async (ms) => {
    waiting.resolve(ms);
    await over.promise;
  };
  const arrived = once(server, "request") as Promise<[unknown, ServerResponse]>;
  const redeemed = redeem(provider.issueCode());
  expect(await Promise.race([waiting.promise, redeemed])).toBe(100);
  // Who doesn't wait for it has answered by now.
  await new Promise(setImmediate);
  const [, response] = await arrived;
  expect(response.writableEnded).toBe(false);
  over.resolve();
  await redeemed;
});

test("a code that carries a nonce brings an ID token for it, each time", async () => {
  const first = await redeem(`${provider.issueCode()}${NONCE_FOLLOWS}n-0S6`);
  const second = await refreshed(first.refresh_token);
  for (const { id_token = "" } of [first, second]) {
    const [, claims = ""] = id_token.split(".");
    expect(JSON.parse(Buffer.from(claims, "base64url").toString())).toMatchObject({
      nonce: "n-0S6",
      aud: "bench",
    });
  }
  expect((await redeem(provider.issueCode())).id_token).toBeUndefined();
});

test("it sends as many bytes as the path says", async () => {
  const answer = await fetch(url("/ex/jira/site/rest/api/3/bytes/200000"));
  expect((await answer.arrayBuffer()).byteLength).toBe(200_000);
});

test("refreshes are counted by who consented, also those that are refused", async () => {
  const { refresh_token: spent } = await redeem(provider.issueCode(undefined, "alice"));
  await redeem(provider.issueCode(undefined, "bob"));
  await refreshed(spent);
  await refresh(spent);
  await refresh("invented");
  expect(["alice", "bob"].map((holder) => provider.refreshesOf(holder))).toEqual([2, 0]);
});
