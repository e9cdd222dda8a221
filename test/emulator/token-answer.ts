import { jsonAnswer } from "./answer.ts";
import type { Answer } from "./answer.ts";
import type { GrantType, Provider } from "./emulator-protocol.ts";
import { emulatorNow } from "./emulator-state.ts";
import type { EmulatorState } from "./emulator-state.ts";
import { issueAccessToken, issueRefreshToken } from "./grant-store.ts";
import type { Family, RefreshToken } from "./grant-store.ts";
import type { EmulatorSettings } from "./settings.ts";

/** Issues the tokens of a successful answer; `used` is the refresh token this spends. */
export function tokenAnswer(
  state: EmulatorState,
  family: Family,
  grantType: GrantType,
  used?: RefreshToken,
): Answer {
  const { settings, grants } = state;
  const { provider, scopes } = family.grant;
  const now = emulatorNow(state);
  const seconds = settings.accessTokenSeconds[provider];
  const accessToken = issueAccessToken(grants, family, {
    length: settings.accessTokenLength[provider],
    expiresAt: now + seconds * 1000,
  });
  const refreshable = provider === "bitbucket" || scopes.includes("offline_access");
  const fields: Record<string, unknown> = {
    access_token: accessToken,
    [settings.scopeField]: scopesInSomeOrder(family).join(" "),
    token_type: tokenType(provider, settings),
    expires_in: seconds,
  };
  if (provider === "bitbucket") fields["state"] = grantType;
  if (used !== undefined) family.refreshes += 1;
  if (settings.includeRefreshToken && refreshable) {
    if (used !== undefined) used.spentAt ??= now;
    fields["refresh_token"] = issueRefreshToken(grants, family, now);
  }
  Object.assign(fields, settings.overrideTokenFields);
  for (const name of settings.omitTokenFields) delete fields[name];
  return jsonAnswer(200, fields, { "cache-control": "no-store" });
}

// Bitbucket's order varies; whoever compares strings shall notice.
function scopesInSomeOrder({ grant, refreshes }: Family): readonly string[] {
  return grant.provider === "bitbucket" && refreshes % 2 === 0
    ? grant.scopes.toReversed()
    : grant.scopes;
}

function tokenType(provider: Provider, { tokenTypeCase }: EmulatorSettings): string {
  if (tokenTypeCase === "upper") return "BEARER";
  if (tokenTypeCase === "documented") return provider === "bitbucket" ? "bearer" : "Bearer";
  return tokenTypeCase === "lower" ? "bearer" : "Bearer";
}
