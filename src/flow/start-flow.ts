import {
  calculatePKCECodeChallenge,
  generateRandomCodeVerifier,
  generateRandomState,
} from "oauth4webapi";
import type { ProviderClient } from "../providers/provider-client.ts";
import type { Sealed } from "../vault/envelope.ts";
import type { Keyring } from "../vault/keyring.ts";
import type { FlowOwner } from "./find-owner.ts";
import { flowIdOf, sealFlow } from "./flow-record.ts";

/** Whose flow it is, and where it shall end. */
export interface FlowStart extends FlowOwner {
  readonly returnTo: string;
}

export interface StartedFlow {
  readonly flowId: string;
  readonly box: Sealed;
  /** Where the browser goes next (RFC 6749 section 4.1.1). */
  readonly authorizationUrl: string;
}

/** Starts a flow. Pure computation: what it leaves behind is the sealed record in the cookie. */
export async function startFlow(
  keyring: Keyring,
  client: ProviderClient,
  start: FlowStart,
  nowMs: number,
): Promise<StartedFlow> {
  const state = generateRandomState();
  const codeVerifier = generateRandomCodeVerifier();
  const flowId = await flowIdOf(state);
  const provider = client.provider.id;
  const flow = { ...start, provider, state, codeVerifier, issuedAt: nowMs };
  return {
    flowId,
    box: await sealFlow(keyring, flowId, flow),
    authorizationUrl: await authorizationUrl(client, state, codeVerifier),
  };
}

async function authorizationUrl(
  client: ProviderClient,
  state: string,
  codeVerifier: string,
): Promise<string> {
  const { provider, authUrl, clientId, redirectUri, scope } = client;
  const parameters = new URLSearchParams({
    ...provider.authorizationParameters,
    ...(scope === "" ? {} : { scope }),
    client_id: clientId,
    response_type: "code",
    redirect_uri: redirectUri,
    state,
    code_challenge: await calculatePKCECodeChallenge(codeVerifier),
    code_challenge_method: "S256",
  });
  // Atlassian documents scopes separated by %20; URLSearchParams writes a space as "+".
  return `${authUrl}${provider.authorizePath}?${parameters.toString().replaceAll("+", "%20")}`;
}
