import { expect, test } from "vitest";
import { readConnections } from "../../src/ui/read-connections.ts";

const bitbucket = { provider: "bitbucket", status: "not_connected" };
const jira = {
  provider: "jira",
  status: "connected",
  account: { id: "712020:abc" },
  scopes: ["read:jira-work"],
  sites: [{ id: "cloud-1", name: "Acme", url: "https://acme.atlassian.net" }],
  connected_at: "2026-11-21T19:00:00Z",
  expires_at: "2026-11-21T20:00:00Z",
  reconnect_by: "2027-02-19T19:00:00Z",
  connect_url: "https://auth.example.com/auth/jira",
  manage_url: "https://id.atlassian.com/manage-profile/apps",
};

test("both providers are read, Bitbucket first whatever the order", () => {
  const connections = readConnections({ connections: [jira, bitbucket] });
  expect(connections?.map(({ provider }) => provider)).toEqual(["bitbucket", "jira"]);
  expect(connections?.[1]).toEqual({
    provider: "jira",
    status: "connected",
    reason: null,
    accountId: "712020:abc",
    scopes: ["read:jira-work"],
    sites: [{ name: "Acme", url: "https://acme.atlassian.net" }],
    connectedAt: "2026-11-21T19:00:00Z",
    reconnectBy: "2027-02-19T19:00:00Z",
    connectUrl: "https://auth.example.com/auth/jira",
    manageUrl: "https://id.atlassian.com/manage-profile/apps",
  });
});

test.each([
  undefined,
  null,
  "text",
  [],
  {},
  { connections: null },
  { connections: [bitbucket] },
  { connections: [bitbucket, null] },
  { connections: [bitbucket, { provider: "jira", status: "fine" }] },
])("a body that is not the two connections is not read: %j", (body) => {
  expect(readConnections(body)).toBeNull();
});

test("what is not known yet stays unknown", () => {
  const body = { connections: [bitbucket, { ...jira, account: null, sites: null }] };
  expect(readConnections(body)?.[1]).toMatchObject({ accountId: null, sites: null });
});

test("an odd field only leaves out that field", () => {
  const odd = { ...jira, account: 7, scopes: ["a", 1], connected_at: "soon", reconnect_by: 5 };
  expect(readConnections({ connections: [bitbucket, odd] })?.[1]).toMatchObject({
    status: "connected",
    accountId: null,
    scopes: ["a"],
    connectedAt: null,
    reconnectBy: null,
  });
});

test("only web addresses become links", () => {
  const urls = ["javascript:alert(1)", "data:text/html,x", " https://acme.example", "/path", 3];
  for (const url of urls) {
    const body = {
      connections: [
        bitbucket,
        { ...jira, connect_url: url, manage_url: url, sites: [{ name: "Acme", url }] },
      ],
    };
    expect(readConnections(body)?.[1]).toMatchObject({
      connectUrl: null,
      manageUrl: null,
      sites: [{ name: "Acme", url: null }],
    });
  }
});

test("a site without a name is shown by its address, and one with neither not at all", () => {
  const sites = [{ id: "a", url: "https://acme.atlassian.net" }, { id: "b" }, {}, null];
  expect(readConnections({ connections: [bitbucket, { ...jira, sites }] })?.[1]?.sites).toEqual([
    { name: "https://acme.atlassian.net", url: "https://acme.atlassian.net" },
    { name: "b", url: null },
  ]);
});
