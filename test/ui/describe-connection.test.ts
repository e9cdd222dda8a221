import { expect, test } from "vitest";
import type { Connection } from "../../src/client/connection.ts";
import { describeConnection } from "../../src/ui/describe-connection.ts";
import { connectionWith, WITHOUT_ACCESS } from "./connection-fixture.ts";

function terms(connection: Connection): readonly string[] {
  return describeConnection(connection).facts.map(({ term }) => term);
}

test("a working connection shows all that is known and can be reconnected or disconnected", () => {
  const shown = describeConnection(connectionWith());
  expect(shown).toMatchObject({ tone: "good", status: "Connected", explanation: null });
  expect(terms(connectionWith())).toEqual([
    "Account id",
    "Sites",
    "Scopes",
    "Connected on",
    "Use it by",
  ]);
  expect(shown.connect).toEqual({
    href: "https://auth.example.com/auth/jira",
    label: "Reconnect Jira",
    primary: false,
  });
  expect(shown.disconnect).toBe("Disconnect Jira");
});

test("a working connection says until when it must be used", () => {
  expect(describeConnection(connectionWith()).facts).toContainEqual({
    term: "Use it by",
    before: "If nothing uses this connection until ",
    time: "2027-02-19T19:00:00Z",
    after: ", it ends and you have to reconnect.",
  });
  expect(terms(connectionWith({ reconnectBy: null }))).not.toContain("Use it by");
});

test("account and sites that are not known yet are said to be so", () => {
  const { facts } = describeConnection(connectionWith({ account: null, sites: null }));
  const text = expect.stringContaining("Not known yet");
  expect(facts).toContainEqual({ term: "Account id", text });
  expect(facts).toContainEqual({ term: "Sites", text });
});

test("no sites at all is not the same as sites not known yet", () => {
  const { facts } = describeConnection(connectionWith({ sites: [] }));
  expect(facts).toContainEqual({ term: "Sites", text: expect.stringContaining("None") });
});

test("Bitbucket has no sites", () => {
  expect(terms(connectionWith({ provider: "bitbucket" }))).not.toContain("Sites");
});

test("a dead connection says why and puts reconnecting first", () => {
  const connection = { ...WITHOUT_ACCESS.reconnect_required, account: null, sites: null };
  const shown = describeConnection(connection);
  expect(shown).toMatchObject({
    tone: "warn",
    status: "Reconnect required",
    explanation: expect.stringContaining("has expired or was withdrawn"),
    connect: { label: "Reconnect Jira", primary: true },
    disconnect: "Disconnect Jira",
  });
  expect(terms(connection)).toEqual(["Scopes", "Connected on"]);
});

test("one whose key is gone can be revived by reconnecting too", () => {
  const shown = describeConnection({
    ...WITHOUT_ACCESS.reconnect_required,
    reason: "sealing_key_removed",
  });
  expect(shown.explanation).toContain("can no longer be used");
});

test("without a connection there is only connecting", () => {
  expect(describeConnection(WITHOUT_ACCESS.not_connected)).toMatchObject({
    tone: "idle",
    status: "Not connected",
    facts: [],
    connect: { label: "Connect Jira", primary: true },
    disconnect: null,
  });
});

test("a provider that is not configured can't be connected", () => {
  const connection = { ...WITHOUT_ACCESS.not_configured, provider: "bitbucket" } as const;
  expect(describeConnection(connection)).toMatchObject({
    tone: "none",
    status: "Not configured",
    explanation: expect.stringContaining("Bitbucket is not set up here"),
    facts: [],
    connect: null,
    disconnect: null,
    manage: null,
  });
});
