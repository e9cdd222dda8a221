import { expect, test } from "vitest";
import { connectionView } from "../../src/http/connection-view.ts";
import { PROVIDERS } from "../../src/providers/providers.ts";
import type { ConnectionSummary } from "../../src/tokens/list-connections.ts";
import { PUBLIC_URL } from "../worker-bindings.ts";

const { bitbucket, jira } = PROVIDERS;
const CONNECTED_AT = Date.UTC(2026, 10, 21, 19);
const SITE = { id: "cloud-1", name: "Acme", url: "https://acme.atlassian.net" };
const ACCOUNT = { accountId: "712020:abc", scopes: ["account"], connectedAt: CONNECTED_AT };

const connected = (sites: readonly (typeof SITE)[] | null): ConnectionSummary => ({
  status: "connected",
  ...ACCOUNT,
  sites,
  expiresAt: CONNECTED_AT + 7_200_999,
  reconnectBy: CONNECTED_AT + 90 * 86_400_000,
});

const BITBUCKET_URLS = {
  connect_url: `${PUBLIC_URL}/auth/bitbucket`,
  manage_url: "https://bitbucket.org/account/settings/app-authorizations/",
};

test("a connected Bitbucket has no sites", () => {
  expect(connectionView(bitbucket, true, PUBLIC_URL, connected(null))).toStrictEqual({
    provider: "bitbucket",
    status: "connected",
    account: { id: "712020:abc" },
    scopes: ["account"],
    connected_at: "2026-11-21T19:00:00Z",
    expires_at: "2026-11-21T21:00:00Z",
    reconnect_by: "2027-02-19T19:00:00Z",
    ...BITBUCKET_URLS,
  });
});

test("a connected Jira has its sites, or null while they are not known", () => {
  expect(connectionView(jira, true, PUBLIC_URL, connected([SITE]))).toMatchObject({
    sites: [SITE],
  });
  expect(connectionView(jira, true, PUBLIC_URL, connected(null))).toMatchObject({ sites: null });
});

test("an account that is not known is null, and so is a day that never comes", () => {
  const summary = { ...connected(null), accountId: null, reconnectBy: null } as ConnectionSummary;
  expect(connectionView(bitbucket, true, PUBLIC_URL, summary)).toMatchObject({
    account: null,
    reconnect_by: null,
  });
});

test("a dead connection says why, and no longer when its token ends", () => {
  const summary: ConnectionSummary = {
    status: "reconnect_required",
    reason: "grant_expired_or_revoked",
    ...ACCOUNT,
    sites: [SITE],
  };
  const view = connectionView(jira, true, PUBLIC_URL, summary);
  expect(view).toMatchObject({
    status: "reconnect_required",
    reason: "grant_expired_or_revoked",
    account: { id: "712020:abc" },
    sites: [SITE],
    connect_url: `${PUBLIC_URL}/auth/jira`,
  });
  expect(Object.keys(view)).not.toContain("expires_at");
});

test("what is not connected can be connected, and says nothing else", () => {
  const view = connectionView(bitbucket, true, PUBLIC_URL, { status: "not_connected" });
  expect(view).toStrictEqual({
    provider: "bitbucket",
    status: "not_connected",
    ...BITBUCKET_URLS,
  });
});

test("what is not configured cannot be connected, whatever is stored", () => {
  for (const summary of [connected(null), { status: "not_connected" } as const]) {
    expect(connectionView(bitbucket, false, PUBLIC_URL, summary)).toStrictEqual({
      provider: "bitbucket",
      status: "not_configured",
      manage_url: BITBUCKET_URLS.manage_url,
    });
  }
});
