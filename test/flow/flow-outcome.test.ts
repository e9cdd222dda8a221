import * as fc from "fast-check";
import { expect, test } from "vitest";
import { type FlowOutcome, withOutcome } from "../../src/flow/flow-outcome.ts";

const APP = "https://app.example.com";
const CONNECTED: FlowOutcome = { outcome: "connected" };

test.each<[outcome: FlowOutcome, query: string]>([
  [CONNECTED, "provider=jira&outcome=connected"],
  [{ outcome: "denied" }, "provider=jira&outcome=denied"],
  [
    { outcome: "failed", reason: "provider_unavailable" },
    "provider=jira&outcome=failed&reason=provider_unavailable",
  ],
  [
    { outcome: "failed", reason: "provider_misconfigured" },
    "provider=jira&outcome=failed&reason=provider_misconfigured",
  ],
  [
    { outcome: "failed", reason: "provider_rejected" },
    "provider=jira&outcome=failed&reason=provider_rejected",
  ],
])("%j is told in the query", (outcome, query) => {
  expect(withOutcome(`${APP}/`, "jira", outcome)).toBe(`${APP}/?${query}`);
});

const JIRA = "provider=jira&outcome=connected";

test.each([
  ["other parameters stay", "/?tab=2&x=1", `/?tab=2&x=1&${JIRA}`],
  ["the fragment stays", "/page#top", `/page?${JIRA}#top`],
  ["same-named ones are replaced", "/?outcome=denied&tab=2&provider=x", `/?tab=2&${JIRA}`],
  ["every one of them", "/?outcome=a&outcome=b&outcome", `/?${JIRA}`],
  ["however they are written", "/?%6futcome=denied&p%72ovider=x&tab=2", `/?tab=2&${JIRA}`],
  ["similar names are others", "/?outcomes=1&Outcome=2", `/?outcomes=1&Outcome=2&${JIRA}`],
  ["odd spellings stay byte for byte", "/?a=%20+%2B&b&=c&d=%zz", `/?a=%20+%2B&b&=c&d=%zz&${JIRA}`],
  ["an empty query is none", "/?", `/?${JIRA}`],
])("%s", (_, before, after) => {
  expect(withOutcome(APP + before, "jira", CONNECTED)).toBe(APP + after);
});

test("a reason is no leftover of an earlier attempt", () => {
  const failed: FlowOutcome = { outcome: "failed", reason: "provider_rejected" };
  const before = withOutcome(`${APP}/?tab=2`, "jira", failed);
  expect(withOutcome(before, "bitbucket", CONNECTED)).toBe(
    `${APP}/?tab=2&provider=bitbucket&outcome=connected`,
  );
});

test("whatever the address, it says the outcome once and leads to the same place", () => {
  fc.assert(
    fc.property(fc.webUrl({ withQueryParameters: true, withFragments: true }), (returnTo) => {
      const [before, after] = [
        new URL(returnTo),
        new URL(withOutcome(returnTo, "jira", CONNECTED)),
      ];
      expect(after.searchParams.getAll("outcome")).toStrictEqual(["connected"]);
      expect(after.searchParams.getAll("provider")).toStrictEqual(["jira"]);
      expect([after.origin, after.pathname, after.hash]).toStrictEqual([
        before.origin,
        before.pathname,
        before.hash,
      ]);
    }),
  );
});

test("a name that begins with a question mark does not become one of ours", () => {
  const returnTo = "https://app.example.com/??outcome=connected&provider=jira";
  const url = new URL(withOutcome(returnTo, "jira", { outcome: "denied" }));
  expect(url.searchParams.getAll("outcome")).toEqual(["denied"]);
  expect(url.searchParams.get("?outcome")).toBe("connected");
});
