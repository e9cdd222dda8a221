import * as fc from "fast-check";
import { expect, test } from "vitest";
import { PROVIDER_IDS } from "../../src/providers/provider.ts";
import { asOwnerId } from "../../src/shared/owner-id.ts";
import { openToken, sealTokens, type TokenPlace } from "../../src/tokens/sealed-tokens.ts";
import { testKeyring } from "../vault/test-keyring.ts";

const keyring = testKeyring("k1");
const HOME: TokenPlace = { owner: asOwnerId("owner-1"), provider: "jira", version: 7 };

test("tokens of any length open where they belong", async () => {
  const token = fc.string({ unit: "binary-ascii", maxLength: 5_000 });
  await fc.assert(
    fc.asyncProperty(token, token, async (access, refresh) => {
      const sealed = await sealTokens(keyring, HOME, access, refresh);
      expect(await openToken(keyring, "access", HOME, sealed.access)).toBe(access);
      expect(await openToken(keyring, "refresh", HOME, sealed.refresh ?? "")).toBe(refresh);
    }),
    { numRuns: 50 },
  );
});

test("no refresh token is no box", async () => {
  expect(await sealTokens(keyring, HOME, "access", null)).toMatchObject({ refresh: null });
});

test("a refresh token does not open as an access token, nor the other way round", async () => {
  const { access, refresh } = await sealTokens(keyring, HOME, "access", "refresh");
  expect(await openToken(keyring, "access", HOME, refresh ?? "")).toBeUndefined();
  expect(await openToken(keyring, "refresh", HOME, access)).toBeUndefined();
});

test("tokens open for no other owner, provider or version", async () => {
  const place = fc.record({
    owner: fc.constantFrom("", "o", "owner-1", "owner-11", "owner-1jira", "jira").map(asOwnerId),
    provider: fc.constantFrom(...PROVIDER_IDS),
    version: fc.constantFrom(0, 1, 7, 17, 71),
  });
  await fc.assert(
    fc.asyncProperty(place, place, async (home, other) => {
      const { access } = await sealTokens(keyring, home, "access", null);
      const isHome = JSON.stringify(home) === JSON.stringify(other);
      expect(await openToken(keyring, "access", other, access)).toBe(isHome ? "access" : undefined);
    }),
    { numRuns: 300 },
  );
});
