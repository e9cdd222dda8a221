import { reset } from "cloudflare:test";
import { beforeEach, expect, test } from "vitest";
import type { Provider } from "../../emulator/emulator-protocol.ts";
import { askToken, statusOf } from "../ask-token.ts";
import { advanceClock, useMovableClock } from "../../journeys/clock.ts";
import { browserAtRest } from "./browser-at-rest.ts";
import { LIFETIME_SECONDS } from "../lifetime-seconds.ts";
import { emulator, useFreshEmulator } from "../../journeys/journey-emulator.ts";
import { forceRefresh, readToken } from "../../journeys/read-token.ts";
import { REFRESHES } from "../../emulator/token-requests.ts";

useFreshEmulator();
useMovableClock();
beforeEach(() => reset());

/** Longer than any wait that no provider asks for. */
const PATIENCE_SECONDS = 180;

type Body = readonly [provider: Provider, status: number, body: string];

const INACTIVE = "The user associated with this token is inactive.";
const REVOKED = "Token was globally revoked";

const DEAD: readonly Body[] = [
  refusal("bitbucket", 403, "unauthorized_client", "refresh_token is invalid"),
  refusal("bitbucket", 400, "invalid_request", "Invalid refresh_token"),
  refusal("bitbucket", 400, "invalid_grant", "The refresh token is no longer valid."),
  refusal("bitbucket", 400, "invalid_grant", "Unsupported grant type: None"),
  refusal("bitbucket", 400, "invalid_request", "The refresh token has expired"),
  refusal("bitbucket", 400, "unauthorized_client", "Refresh token was revoked"),
  refusal("bitbucket", 403, "access_denied", INACTIVE),
  refusal("jira", 403, "unauthorized_client", "refresh_token is invalid"),
  refusal("jira", 403, "invalid_grant", "Unknown or invalid refresh token."),
  refusal("jira", 403, "invalid_grant", REVOKED),
  refusal("jira", 403, "unauthorized_client", REVOKED),
];

test.each(DEAD)("%s, %i %s: only consent revives it", async (provider, status, body) => {
  const browser = await browserAtRest(provider);
  await emulator.fault({ ...REFRESHES, status, body });
  await advanceClock(LIFETIME_SECONDS[provider]);
  for (const seconds of [0, 1, PATIENCE_SECONDS]) {
    await advanceClock(seconds);
    expect((await askToken(browser, provider)).told).toBe("401 reconnect_required");
    expect(await statusOf(browser, provider)).toBe("reconnect_required");
  }
  expect(await emulator.requests(REFRESHES)).toHaveLength(1);
  await browser.connect(provider);
  expect(await emulator.whose(await readToken(browser, provider))).toMatchObject({ alive: true });
});

const KEPT: readonly (readonly [...Body, told: string])[] = [
  [...refusal("jira", 401, "access_denied", "Unauthorized"), "502 provider_misconfigured"],
  [...refusal("jira", 403, "access_denied", "Unauthorized"), "502 provider_misconfigured"],
  [
    ...refusal("jira", 401, "invalid_request", "Invalid refresh_token"),
    "502 provider_misconfigured",
  ],
  [...refusal("jira", 400, "invalid_client"), "502 provider_misconfigured"],
  [...refusal("bitbucket", 401, "invalid_client"), "502 provider_misconfigured"],
  [
    ...refusal("bitbucket", 401, "unauthorized_client", "refresh_token is invalid"),
    "502 provider_misconfigured",
  ],
  unavailable(refusal("bitbucket", 400, "unauthorized_client", "Invalid OAuth client credentials")),
  unavailable(refusal("jira", 403, "invalid_request", "authorization_code is invalid")),
  unavailable(refusal("jira", 403, "unauthorized_client", "The app may not do this")),
  unavailable(refusal("jira", 429, "invalid_grant", "refresh_token is invalid")),
  unavailable(refusal("bitbucket", 503, "invalid_grant", "refresh_token is invalid")),
  unavailable(refusal("bitbucket", 500, "access_denied", INACTIVE)),
  unavailable(["bitbucket", 429, "Rate limit for this resource has been exceeded"]),
  unavailable(["bitbucket", 400, "<html>Bad Request</html>"]),
  unavailable(["bitbucket", 403, '{"message":"refresh_token is invalid"}']),
  unavailable(["bitbucket", 404, '{"type":"error","error":{"message":"Not found"}}']),
  unavailable(["jira", 401, '{"code":401,"message":"Unauthorized"}']),
  unavailable(["jira", 403, "[]"]),
  unavailable(["jira", 400, '{"error":null}']),
  unavailable(["jira", 200, '{"error":"invalid_grant"}']),
  unavailable(["jira", 200, '{"token_type":"Bearer","expires_in":3600}']),
];

test.each(KEPT)("%s, %i %s: %s, and it is kept", async (provider, status, body, told) => {
  const browser = await browserAtRest(provider);
  await emulator.fault({ ...REFRESHES, status, body });
  await advanceClock(LIFETIME_SECONDS[provider]);
  for (const _ of [1, 2]) {
    expect((await askToken(browser, provider)).told).toBe(told);
    expect(await statusOf(browser, provider)).toBe("connected");
  }
  expect(await emulator.requests(REFRESHES)).toHaveLength(1);

  await advanceClock(PATIENCE_SECONDS);
  expect(await emulator.whose(await readToken(browser, provider))).toMatchObject({ alive: true });
  expect(await emulator.requests(REFRESHES)).toHaveLength(2);
});

test.each(KEPT)(
  "%s, %i %s to a forced refresh: the token that has not ended goes on being given",
  async (provider, status, body) => {
    const browser = await browserAtRest(provider);
    const token = await readToken(browser, provider);
    await emulator.fault({ ...REFRESHES, status, body });
    for (const _ of [1, 2]) {
      const forced = await forceRefresh(browser, provider, token);
      expect(forced.status).toBe(200);
      expect(await forced.json()).toMatchObject({ access_token: token });
    }
    expect(await emulator.requests(REFRESHES)).toHaveLength(1);
    expect(await statusOf(browser, provider)).toBe("connected");
  },
);

function refusal(provider: Provider, status: number, error: string, description = ""): Body {
  return [provider, status, JSON.stringify({ error, error_description: description })];
}

function unavailable(body: Body): readonly [...Body, told: string] {
  return [...body, "503 provider_unavailable"];
}
