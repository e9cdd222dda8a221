import type { Provider } from "./provider.ts";

/** This deployment's registration at one provider. */
export interface ProviderClient {
  readonly provider: Provider;
  readonly clientId: string;
  readonly clientSecret: string;
  /** The configured `*_AUTH_URL` to the letter: what an `iss` must equal (RFC 9207 section 2.4). */
  readonly issuer: string;
  /** Base URLs without a trailing slash. */
  readonly authUrl: string;
  readonly apiUrl: string;
  readonly redirectUri: string;
  /** Space-separated; empty where the provider takes no scopes in the request. */
  readonly scope: string;
}
