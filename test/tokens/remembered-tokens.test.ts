import { expect, test } from "vitest";
import type { ProviderId } from "../../src/providers/provider.ts";
import { asOwnerId, type OwnerId } from "../../src/shared/owner-id.ts";
import {
  type EdgeToken,
  forgetTokens,
  recallToken,
  prepareToRemember,
  REMEMBERED_TOKENS,
} from "../../src/tokens/remembered-tokens.ts";
import type { Keyring } from "../../src/vault/keyring.ts";
import { testKeyring } from "../vault/test-keyring.ts";

const NOW = 1_800_000_000_000;
const OWNER = asOwnerId("owner-1");
const OTHER = asOwnerId("owner-2");
const TOKEN: EdgeToken = {
  version: 3,
  session: "hash-1",
  expiresAt: NOW + 3_600_000,
  lifetimeSeconds: 3_600,
  scopes: ["account"],
  sites: null,
  accessToken: "token-1",
};

test("a token is remembered for five seconds", () => {
  const keyring = testKeyring("k1");
  remember(keyring, OWNER, "jira", TOKEN, NOW);
  for (const ageMs of [0, 4_999]) {
    expect(recallToken(keyring, OWNER, "jira", NOW + ageMs)).toBe(TOKEN);
  }
  expect(recallToken(keyring, OWNER, "jira", NOW + 5_000)).toBeUndefined();
});

test("a clock that was set back makes no token last longer", () => {
  const keyring = testKeyring("k1");
  remember(keyring, OWNER, "jira", TOKEN, NOW);
  expect(recallToken(keyring, OWNER, "jira", NOW - 5_000)).toBeUndefined();
});

test("it is that of one owner, one provider and one keyring", () => {
  const keyring = testKeyring("k1");
  remember(keyring, OWNER, "jira", TOKEN, NOW);
  expect(recallToken(keyring, OWNER, "bitbucket", NOW)).toBeUndefined();
  expect(recallToken(keyring, OTHER, "jira", NOW)).toBeUndefined();
  expect(recallToken(testKeyring("k1"), OWNER, "jira", NOW)).toBeUndefined();
});

test("forgetting takes both tokens of an owner, and nobody else's", () => {
  const keyring = testKeyring("k1");
  remember(keyring, OWNER, "jira", TOKEN, NOW);
  remember(keyring, OWNER, "bitbucket", TOKEN, NOW);
  remember(keyring, OTHER, "jira", TOKEN, NOW);
  forgetTokens(keyring, OWNER);
  expect(recallToken(keyring, OWNER, "jira", NOW)).toBeUndefined();
  expect(recallToken(keyring, OWNER, "bitbucket", NOW)).toBeUndefined();
  expect(recallToken(keyring, OTHER, "jira", NOW)).toBe(TOKEN);
});

test("what was read while something was forgotten is not remembered", () => {
  const keyring = testKeyring("k1");
  const rememberLate = prepareToRemember(keyring, OWNER, "jira", NOW);
  forgetTokens(keyring, OWNER);
  rememberLate(TOKEN);
  expect(recallToken(keyring, OWNER, "jira", NOW)).toBeUndefined();
  remember(keyring, OWNER, "jira", TOKEN, NOW);
  expect(recallToken(keyring, OWNER, "jira", NOW)).toBe(TOKEN);
});

test("five hundred tokens are remembered, and the one that was read first makes room", () => {
  const keyring = testKeyring("k1");
  const others = Array.from({ length: REMEMBERED_TOKENS - 1 }, (_, n) => asOwnerId(`other-${n}`));
  for (const owner of [OWNER, ...others]) remember(keyring, owner, "jira", TOKEN, NOW);
  // Read again, it is the last.
  remember(keyring, OWNER, "jira", TOKEN, NOW);
  remember(keyring, OTHER, "jira", TOKEN, NOW);
  const owners = [OWNER, OTHER, ...others];
  const forgotten = owners.filter((owner) => !recallToken(keyring, owner, "jira", NOW));
  expect(forgotten).toEqual(others.slice(0, 1));
});

test("tokens whose time is up are let go when another is remembered", () => {
  const keyring = testKeyring("k1");
  remember(keyring, OWNER, "jira", TOKEN, NOW);
  remember(keyring, OWNER, "bitbucket", TOKEN, NOW + 1);
  remember(keyring, OTHER, "jira", TOKEN, NOW + 5_000);
  // Seen with a clock of then, since by now nobody could recall it anyway.
  expect(recallToken(keyring, OWNER, "jira", NOW)).toBeUndefined();
  expect(recallToken(keyring, OWNER, "bitbucket", NOW + 1)).toBe(TOKEN);
});

test("one that was read again does not keep older ones in memory", () => {
  const keyring = testKeyring("k1");
  remember(keyring, OWNER, "jira", TOKEN, NOW);
  remember(keyring, OTHER, "jira", TOKEN, NOW + 1);
  remember(keyring, OWNER, "jira", TOKEN, NOW + 4_000);
  remember(keyring, OWNER, "bitbucket", TOKEN, NOW + 5_001);
  expect(recallToken(keyring, OTHER, "jira", NOW + 1)).toBeUndefined();
});

test("what is very large is not remembered", () => {
  const keyring = testKeyring("k1");
  const site = { id: "1", name: "Site", url: "https://a.example" };
  for (const more of [
    { accessToken: "x".repeat(16_385) },
    { sites: Array.from({ length: 101 }, () => site) },
  ]) {
    remember(keyring, OWNER, "jira", { ...TOKEN, ...more }, NOW);
    expect(recallToken(keyring, OWNER, "jira", NOW)).toBeUndefined();
  }
});

function remember(
  keyring: Keyring,
  owner: OwnerId,
  provider: ProviderId,
  token: EdgeToken,
  nowMs: number,
): void {
  prepareToRemember(keyring, owner, provider, nowMs)(token);
}
