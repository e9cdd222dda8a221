import type { Site } from "../oauth/site.ts";
import type { Session } from "../session/session.ts";

/** What a caller gets who asks for an access token. A closed union: nothing expected is thrown. */
export type TokenAnswer = UsableToken | NoToken;

export interface UsableToken {
  readonly kind: "token";
  readonly accessToken: string;
  readonly expiresAt: number;
  readonly scopes: readonly string[];
  /** `null`: not known, or the provider has none. */
  readonly sites: readonly Site[] | null;
}

/** Why there is none. */
export type NoToken =
  | { readonly kind: "not_connected" }
  | { readonly kind: "reconnect_required" }
  | { readonly kind: "provider_unavailable"; readonly retryAfterSeconds: number }
  | { readonly kind: "provider_misconfigured" };

/** An answer of the object, with what it says of the caller's session. */
export interface WithSession<Answer> {
  /**
   * As it should be from now on; `null` when it was none when the call came; `undefined` when it
   * ended while the call waited: by now the browser may hold another owner's.
   */
  readonly session: Session | null | undefined;
  readonly answer: Answer;
}
