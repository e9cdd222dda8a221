import {
  allowInsecureRequests,
  type AuthorizationServer,
  ClientSecretBasic,
  ClientSecretPost,
  customFetch,
  genericTokenEndpointRequest,
} from "oauth4webapi";
import type { ProviderClient } from "../providers/provider-client.ts";
import type { Refusal } from "../providers/refusal.ts";
import { abortAfter } from "../shared/abort-after.ts";
import { type JsonObject, parseJsonObject } from "../shared/json.ts";
import { SECOND_MS } from "../shared/time.ts";
import { providerFetch } from "./provider-fetch.ts";
import { readAnswer } from "./read-answer.ts";
import { readRetryAfter } from "./read-retry-after.ts";
import { type TokenGrant, toTokenGrant } from "./token-grant.ts";

export const TOKEN_TIMEOUT_SECONDS = 15;

/**
 * How a token request ended.
 * - `refused`: the endpoint answered with an error (RFC 6749 section 5.2) or a redirect. With a
 *   status of 500 or more it is unknown whether the request was carried out.
 * - `unclear`: no answer, or one that says nothing. What was spent on it may well be spent.
 */
export type GrantAnswer =
  | Granted
  | {
      readonly kind: "refused";
      readonly refusal: Refusal;
      readonly retryAfterSeconds: number | undefined;
    }
  | { readonly kind: "unclear"; readonly cause: string };

export interface Granted {
  readonly kind: "granted";
  readonly grant: TokenGrant;
  /** When the provider was asked (ms): a lifetime counts from no later. */
  readonly requestedAt: number;
}

/** Exchanges an authorization code (RFC 6749 section 4.1.3, RFC 7636 section 4.5). */
export function exchangeCode(
  client: ProviderClient,
  code: string,
  codeVerifier: string,
): Promise<GrantAnswer> {
  return requestToken(client, "authorization_code", {
    code,
    code_verifier: codeVerifier,
    redirect_uri: client.redirectUri,
  });
}

/** Spends a refresh token (RFC 6749 section 6). */
export function refreshToken(client: ProviderClient, token: string): Promise<GrantAnswer> {
  return requestToken(client, "refresh_token", { refresh_token: token });
}

async function requestToken(
  client: ProviderClient,
  grantType: string,
  parameters: Record<string, string>,
): Promise<GrantAnswer> {
  const { provider, authUrl, issuer, clientId, clientSecret } = client;
  const server: AuthorizationServer = { issuer, token_endpoint: authUrl + provider.tokenPath };
  const authentication =
    provider.clientAuthentication === "basic"
      ? ClientSecretBasic(clientSecret)
      : ClientSecretPost(clientSecret);
  const requestedAt = Date.now();
  const answer = await abortAfter(TOKEN_TIMEOUT_SECONDS * SECOND_MS, (signal) => {
    const options = {
      signal,
      [customFetch]: providerFetch,
      // The configuration has already refused http: for everything but loopback.
      [allowInsecureRequests]: true,
    } as const;
    const call = genericTokenEndpointRequest(
      server,
      { client_id: clientId },
      authentication,
      grantType,
      parameters,
      options,
    );
    return readAnswer(call, signal);
  });
  if (answer.kind === "no_answer") return { kind: "unclear", cause: answer.cause };
  const body = parseJsonObject(answer.text);
  if (answer.status >= 300) {
    return {
      kind: "refused",
      refusal: toRefusal(answer.status, body),
      retryAfterSeconds: readRetryAfter(answer.headers, Date.now()),
    };
  }
  const grant = answer.status === 200 && body ? toTokenGrant(body) : undefined;
  return grant ? { kind: "granted", grant, requestedAt } : { kind: "unclear", cause: "no_token" };
}

function toRefusal(status: number, body: JsonObject | undefined): Refusal {
  const error = body?.error;
  const description = body?.error_description;
  return {
    status,
    error: typeof error === "string" ? error : undefined,
    description: typeof description === "string" ? description : "",
  };
}
