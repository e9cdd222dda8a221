import { expect, test } from "vitest";
import { toTokenGrant } from "../../src/oauth/token-grant.ts";

const answer = (changes: Readonly<Record<string, unknown>> = {}) => ({
  access_token: "access",
  refresh_token: "refresh",
  expires_in: 3_600,
  token_type: "bearer",
  scope: "account repository",
  ...changes,
});

test("a complete answer is a grant; what we do not use is dropped", () => {
  expect(toTokenGrant(answer({ state: "authorization_code", id_token: "x" }))).toStrictEqual({
    accessToken: "access",
    refreshToken: "refresh",
    lifetimeSeconds: 3_600,
    scopes: ["account", "repository"],
  });
});

const LONG = "a+/=._~-".repeat(400);

test("tokens are opaque, of any length", () => {
  expect(toTokenGrant(answer({ access_token: LONG, refresh_token: LONG }))).toMatchObject({
    accessToken: LONG,
    refreshToken: LONG,
  });
});

test.each([
  undefined,
  null,
  "",
  1,
  true,
  {},
  ["access"],
  "a\nb",
  "a\r\nSet-Cookie: x",
  "a\0",
  "a\u007f",
])("an answer with the access token %j is no grant", (token) => {
  expect(toTokenGrant(answer({ access_token: token }))).toBeUndefined();
});

test.each(["mac", "dpop", "Bearer ", "bear", "", 1, {}, ["bearer"]])(
  "an answer of the token type %j is no grant",
  (type) => {
    expect(toTokenGrant(answer({ token_type: type }))).toBeUndefined();
  },
);

test.each([undefined, null, "bearer", "Bearer", "BEARER"])(
  "an answer of the token type %j is a grant",
  (type) => {
    expect(toTokenGrant(answer({ token_type: type }))).toBeDefined();
  },
);

test.each([undefined, null, "", 0, false, {}, ["refresh"], "a\nb"])(
  "the refresh token %j is none: the old one stays",
  (token) => {
    expect(toTokenGrant(answer({ refresh_token: token }))).toMatchObject({
      accessToken: "access",
      refreshToken: undefined,
    });
  },
);

test.each<[expiresIn: unknown, seconds: number]>([
  [7_200, 7_200],
  ["7200", 7_200],
  [60, 60],
  [86_400, 86_400],
  // Odd: five minutes, then a refresh shows.
  [undefined, 300],
  [null, 300],
  ["", 300],
  ["soon", 300],
  [0, 300],
  ["0", 300],
  [-1, 300],
  ["-3600", 300],
  [Number.NaN, 300],
  [Number.POSITIVE_INFINITY, 300],
  ["Infinity", 300],
  [true, 300],
  [{}, 300],
  [[3_600], 300],
  // Absurd: a day.
  [86_401, 86_400],
  [1e300, 86_400],
  ["99999999999", 86_400],
])("expires_in %j is %s s", (expiresIn, seconds) => {
  expect(toTokenGrant(answer({ expires_in: expiresIn }))?.lifetimeSeconds).toBe(seconds);
});

test.each<[fields: Record<string, unknown>, scopes: readonly string[] | undefined]>([
  [{ scope: "a b" }, ["a", "b"]],
  [{ scope: " a  b\n" }, ["a", "b"]],
  [{ scope: "b a b" }, ["b", "a"]],
  [{ scope: undefined, scopes: "a b" }, ["a", "b"]],
  [{ scope: null, scopes: "a" }, ["a"]],
  [{ scope: "a", scopes: "b" }, ["a"]],
  [{ scope: undefined }, undefined],
  [{ scope: null }, undefined],
  [{ scope: "" }, undefined],
  [{ scope: " " }, undefined],
  [{ scope: 1 }, undefined],
  [{ scope: ["a"] }, undefined],
  [{ scope: {} }, undefined],
])("%j are the scopes %j", (fields, scopes) => {
  expect(toTokenGrant(answer(fields))?.scopes).toStrictEqual(scopes);
});

test("however odd everything else is, a bearer token is never thrown away", () => {
  const odd = { refresh_token: {}, expires_in: [], token_type: null, scope: 7, state: null };
  expect(toTokenGrant(answer(odd))).toStrictEqual({
    accessToken: "access",
    refreshToken: undefined,
    lifetimeSeconds: 300,
    scopes: undefined,
  });
});
