// The provider behind every contender: tokens rotate, each refresh token is good once, and a second
// use ends the whole family (RFC 9700 section 4.14.2).
import { randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import { text } from "node:stream/consumers";
import { idToken, OPENID_DOCUMENTS } from "./openid.ts";

/** No cookie holds more than 4 KiB, and some contenders keep tokens in one. */
const ACCESS_TOKEN_LENGTH = 1_500;
const REFRESH_TOKEN_LENGTH = 800;
const LIFETIME_SECONDS = 3_600;

/** What stems from one consent. */
interface Family {
  alive: boolean;
  /** Set where the authorization request had one: then an ID token comes along. */
  readonly nonce: string | undefined;
  readonly holder: string;
}

interface Code {
  readonly lifetimeSeconds: number;
  readonly holder: string;
}

interface AccessToken {
  readonly family: Family;
  readonly expiresAt: number;
}

export interface FakeProvider {
  readonly answer: (request: IncomingMessage, response: ServerResponse) => void;
  /** How long the token endpoint takes, in ms. */
  latencyMs: number;
  /** How long the tokens of a refresh live. */
  refreshedLifetimeSeconds: number;
  /** Refreshes that arrived. */
  refreshes: number;
  /**
   * A code as the consent page would give it; its first access token lives this long.
   * @param holder who consented to what, for `holderOf`
   */
  issueCode(lifetimeSeconds?: number, holder?: string): string;
  /** Whether the API would take this token. */
  accepts(accessToken: string): boolean;
  /** How many refreshes of theirs arrived with a token that it knows. */
  refreshesOf(holder: string): number;
  /** Whose token it is; `undefined` when the API would not take it. */
  holderOf(accessToken: string): string | undefined;
}

export function createFakeProvider(): FakeProvider {
  const codes = new Map<string, Code>();
  const access = new Map<string, AccessToken>();
  const refreshesOf = new Map<string, number>();
  const refresh = new Map<string, { family: Family; spent: boolean }>();

  function grant(family: Family, lifetimeSeconds: number) {
    const accessToken = token(ACCESS_TOKEN_LENGTH);
    const refreshToken = token(REFRESH_TOKEN_LENGTH);
    // It lives from when the client has it.
    const expiresAt = Date.now() + provider.latencyMs + lifetimeSeconds * 1_000;
    access.set(accessToken, { family, expiresAt });
    refresh.set(refreshToken, { family, spent: false });
    return {
      access_token: accessToken,
      refresh_token: refreshToken,
      expires_in: lifetimeSeconds,
      token_type: "Bearer",
      scope: "read:jira-work read:jira-user offline_access",
      ...(family.nonce === undefined
        ? {}
        : { id_token: idToken({ ...SUBJECT, nonce: family.nonce }) }),
    };
  }

  function redeem(parameters: URLSearchParams): object | undefined {
    if (parameters.get("grant_type") === "authorization_code") {
      const [code = "", nonce] = (parameters.get("code") ?? "").split(NONCE_FOLLOWS);
      const consent = codes.get(code);
      codes.delete(code);
      if (!consent) return undefined;
      return grant({ alive: true, nonce, holder: consent.holder }, consent.lifetimeSeconds);
    }
    provider.refreshes += 1;
    const known = refresh.get(parameters.get("refresh_token") ?? "");
    if (known) {
      const { holder } = known.family;
      refreshesOf.set(holder, (refreshesOf.get(holder) ?? 0) + 1);
    }
    if (!known?.family.alive) return undefined;
    if (known.spent) {
      known.family.alive = false;
      return undefined;
    }
    known.spent = true;
    return grant(known.family, provider.refreshedLifetimeSeconds);
  }

  async function answerToken(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await text(request);
    const parameters = new URLSearchParams(
      body.startsWith("{") ? (JSON.parse(body) as Record<string, string>) : body,
    );
    const granted = redeem(parameters);
    if (provider.latencyMs > 0) await wait(provider.latencyMs);
    sendJson(response, granted ? 200 : 403, granted ?? { error: "invalid_grant" });
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? "/", `https://${request.headers.host}`);
    if (request.method === "POST" && url.pathname.endsWith("token")) {
      return answerToken(request, response);
    }
    const bytes = /\/bytes\/(\d+)$/.exec(url.pathname)?.[1];
    if (bytes !== undefined) return sendBytes(response, Number(bytes));
    if (url.pathname === "/oauth/token/accessible-resources") {
      return sendJson(response, 200, [SITE]);
    }
    if (/\/(?:myself|me|user)$/.test(url.pathname)) return sendJson(response, 200, PERSON);
    if (url.pathname === "/helix/users") return sendJson(response, 200, { data: [PERSON] });
    const document = OPENID_DOCUMENTS.get(url.pathname);
    if (document) return sendJson(response, 200, document);
    sendJson(response, 404, { error: "nobody announced this request", url: url.href });
  }

  const provider: FakeProvider = {
    answer: (request, response) => {
      answer(request, response).catch((error: unknown) => response.destroy(error as Error));
    },
    latencyMs: 0,
    refreshedLifetimeSeconds: LIFETIME_SECONDS,
    refreshes: 0,
    issueCode(lifetimeSeconds = LIFETIME_SECONDS, holder = "") {
      const code = token(40);
      codes.set(code, { lifetimeSeconds, holder });
      return code;
    },
    refreshesOf: (holder) => refreshesOf.get(holder) ?? 0,
    accepts: (accessToken) => provider.holderOf(accessToken) !== undefined,
    holderOf(accessToken) {
      const known = access.get(accessToken);
      const isTaken = known?.family.alive && known.expiresAt > Date.now();
      return isTaken ? known.family.holder : undefined;
    },
  };
  return provider;
}

export const SITE_ID = "11223344-a1b2-4b33-8c44-def123456789";
const SITE = {
  id: SITE_ID,
  name: "acme",
  url: "https://acme.atlassian.net",
  scopes: ["read:jira-work", "read:jira-user"],
};
/**
 * In a code, between what was issued and the `nonce` of the authorization request: nobody shows that
 * request to this provider.
 */
export const NONCE_FOLLOWS = "~";
const PERSON = {
  id: "5b10a2844c20165700ede21g",
  accountId: "5b10a2844c20165700ede21g",
  account_id: "5b10a2844c20165700ede21g",
  name: "Alice",
  email: "alice@example.com",
  picture: "https://example.com/a.png",
};

const SUBJECT = { subject: PERSON.account_id, email: PERSON.email, clientId: "bench" };

const CHUNK = Buffer.alloc(64 * 1_024, "latchkey");

function sendBytes(response: ServerResponse, bytes: number): void {
  response.writeHead(200, { "content-type": "application/octet-stream", "content-length": bytes });
  let left = bytes;
  const pour = () => {
    while (left > 0) {
      const chunk = left < CHUNK.length ? CHUNK.subarray(0, left) : CHUNK;
      left -= chunk.length;
      if (!response.write(chunk)) return void response.once("drain", pour);
    }
    response.end();
  };
  pour();
}

function sendJson(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(value));
}

function token(length: number): string {
  return randomBytes(length).toString("base64url").slice(0, length);
}
